import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Request, Schemas } from "@/api/types";
import { Amount, Badge, Card, Countdown, EmptyState, Meter, Section, Stat, Stats, useFormat } from "@/design";

/** How far the work is, what the oracle measured, where the money is. */
export function Progress({ request }: { request: Request }) {
  const { t } = useTranslation("market");
  if (request.rounds.length === 0) return <EmptyState icon="clock" title={t("progressOf.none")}>{t("progressOf.noneText")}</EmptyState>;
  return (
    <div className="flex flex-col gap-6">
      <Section title={t("progressOf.rounds")}>
        <ul className="flex flex-col gap-3">
          {request.rounds.toReversed().map((round) => (
            <Round key={round.number} round={round} verdict={request.verdicts.find((v) => v.round === round.number)} />
          ))}
        </ul>
      </Section>
      <Money money={request.money} />
      {request.datasets.length > 0 && (
        <Section title={t("progressOf.datasets")}>
          <ul className="flex flex-col gap-2">
            {request.datasets.map((d) => (
              <li key={`${d.id} ${d.version}`}>
                <Link to={`/datasets/${d.id}`} dir="auto" className="font-medium">{d.title}</Link> {d.semver}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </div>
  );
}

function Round({ round, verdict }: { round: Schemas["Round"]; verdict: Schemas["Verdict"] | undefined }) {
  const { t } = useTranslation("market");
  const { number } = useFormat();
  const goal = round.pages * round.target;
  return (
    <Card as="li" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="font-semibold">{t("progressOf.round", { number: round.number })}</h3>
        <Badge tone={round.state === "closed" ? "plain" : "info"}>{t(`round.${round.state}`)}</Badge>
        {round.deadline > 0 && round.state !== "closed" && (
          <span className="text-sm text-muted">{t("progressOf.ends")} <Countdown until={round.deadline} /></span>
        )}
      </div>
      <div>
        <Meter label={t("progressOf.handed")} value={round.committed} max={Math.max(1, goal)} text={`${round.committed} / ${goal}`} />
        <p className="mt-1 text-sm text-muted">
          {t("progressOf.pages", { committed: number(round.committed), goal: number(goal), leased: number(round.leased), revealed: number(round.revealed) })}
        </p>
      </div>
      {verdict?.height ? <Verdict verdict={verdict} /> : null}
    </Card>
  );
}

function Verdict({ verdict }: { verdict: Schemas["Verdict"] }) {
  const { t } = useTranslation("market");
  const { share, number } = useFormat();
  const { measure } = verdict;
  return (
    <div className="flex flex-col gap-2 border-t border-line pt-3">
      <p>
        {t("verdict.items", { accepted: number(verdict.accepted), contested: number(verdict.contested), delivered: number(verdict.delivered) })}
      </p>
      {measure.evidence && (
        <>
          <Meter
            label={t("verdict.measure")}
            value={measure.estimate}
            threshold={measure.threshold}
            low={measure.lower_bound}
            high={Math.max(measure.lower_bound, measure.estimate)}
            text={share(measure.estimate)}
          />
          <p className="text-sm text-muted">
            {t("verdict.bound", { estimate: share(measure.estimate), bound: share(measure.lower_bound), threshold: share(measure.threshold) })}{" "}
            <span className={measure.holds ? "font-medium text-good" : "font-medium text-warn"}>{measure.holds ? t("verdict.holds") : t("verdict.fails")}</span>
          </p>
        </>
      )}
      <p className="text-sm text-muted">{t("verdict.votes", { count: verdict.votes })}</p>
    </div>
  );
}

function Money({ money }: { money: Schemas["Money"] }) {
  const { t } = useTranslation("market");
  return (
    <Section title={t("money.title")} lead={t("money.lead")}>
      <Stats>
        {(["escrowed", "pending", "paid", "fees", "refunded"] as const).map((name) => (
          <Stat key={name} label={t(`money.${name}`)} value={<Amount ualy={money[name]} digits={2} />} />
        ))}
      </Stats>
    </Section>
  );
}
