import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { DatasetDetail } from "@/api/dataset";
import { Copy, Fact, Facts, Icon, LinkButton, Section } from "@/design";
import { Code } from "./Code";

const checks = ["sums", "records", "submissions", "chain", "verdicts", "payouts"] as const;

/** What can be checked about a dataset without trusting anybody, and how. */
export function Verification({ dataset: d }: { dataset: DatasetDetail }) {
  const { t } = useTranslation("dataset");
  return (
    <div className="flex flex-col gap-8">
      <Section title={t("verify.title")} lead={t("verify.lead")}>
        <ol className="grid gap-3 sm:grid-cols-2">
          {checks.map((check) => (
            <li key={check} className="flex gap-3 rounded-xl border border-line bg-raised p-3">
              <Icon name="shield" className="mt-0.5 text-accent" />
              <span>
                <strong className="block">{t(`verify.${check}`)}</strong>
                <span className="text-muted">{t(`verify.${check}Text`)}</span>
              </span>
            </li>
          ))}
        </ol>
        <Code text={`alaya dataset verify ${d.id}`} />
        <div><LinkButton to={`/explorer/proof?dataset=${d.id}&record=0`} icon="shield">{t("verify.here")}</LinkButton></div>
      </Section>
      <Section title={t("verify.fixed")}>
        <Facts>
          <Fact label={t("verify.root")}><Hash of={d.records_root} /></Fact>
          <Fact label={t("verify.digest")}><Hash of={d.digest} /></Fact>
          <Fact label={t("verify.verdict")}>
            {d.request && <Link to={`/explorer/verdicts/${d.request}/${d.round}`}>{t("lineage.of.verdict", { round: d.round })}</Link>}
          </Fact>
        </Facts>
      </Section>
    </div>
  );
}

function Hash({ of }: { of: string }) {
  return (
    <>
      <bdi className="font-mono text-[0.9em] break-all">{of}</bdi> <Copy text={of} />
    </>
  );
}
