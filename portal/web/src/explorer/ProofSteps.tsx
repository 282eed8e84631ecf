import { useTranslation } from "react-i18next";
import { Badge, Card, Fact, Facts } from "@/design";
import { stepNames, type Step } from "@/proof/verify";

/** The steps of a verification: what each was given and found, and what it would mean if it failed. */
export function ProofSteps({ steps }: { steps: readonly Step[] }) {
  return (
    <ol className="flex flex-col gap-3">
      {stepNames.map((name, i) => (
        <OneStep key={name} name={name} place={i + 1} step={steps[i]} />
      ))}
    </ol>
  );
}

function OneStep({ name, place, step }: { name: Step["name"]; place: number; step: Step | undefined }) {
  const { t } = useTranslation("explorer");
  const tone = !step ? "plain" : step.error ? "bad" : "good";
  return (
    <Card as="li">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-medium">
          {place}. {t(`proof.step.${name}.title`)}
        </h3>
        <Badge tone={tone} icon={!step ? undefined : step.error ? "alert" : "check"}>
          {t(!step ? "proof.skipped" : step.error ? "proof.fails" : "proof.ok")}
        </Badge>
      </div>
      <p className="text-muted">{t(`proof.step.${name}.what`)}</p>
      {step && (
        <div className="mt-2 text-sm">
          <Facts>
            {Object.entries(step.facts).map(([fact, value]) => (
              <Fact key={fact} label={t(`proof.fact.${fact}`)}>
                <bdi className="font-mono break-all">{fact === "from" ? t(`proof.from.${value}`) : value}</bdi>
              </Fact>
            ))}
          </Facts>
        </div>
      )}
      {step?.error && (
        <p role="alert" className="mt-2 text-bad">
          <bdi>{step.error}</bdi> {t(`proof.step.${name}.means`)}
        </p>
      )}
    </Card>
  );
}
