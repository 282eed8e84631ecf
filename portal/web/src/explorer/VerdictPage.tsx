import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { verdictQuery, type VerdictDetail } from "@/api/chain";
import { Amount, Badge, Cid, Copy, EmptyState, Fact, Facts, Loaded, Meter, Note, Page, Ppm, Section, Table, useFormat, type Column } from "@/design";
import { BlockLink, PartyLink } from "./parts";

type Vote = VerdictDetail["by_validator"][number];

/** A verdict: what was measured, and who of the validators found the same. */
export function VerdictPage() {
  const { t } = useTranslation("explorer");
  const { request = "", round = "" } = useParams();
  const query = useQuery(verdictQuery(request, round));
  return (
    <Page
      title={t("verdict.title", { round })}
      lead={
        <Link to={`/requests/${request}`}>
          {t("event.request")} <bdi>{request}</bdi>
        </Link>
      }
      back={{ to: "/explorer", label: t("title") }}
    >
      <Loaded query={query}>{(v) => <Verdict of={v} />}</Loaded>
    </Page>
  );
}

function Verdict({ of: v }: { of: VerdictDetail }) {
  const { t } = useTranslation("explorer");
  const { number, share } = useFormat();
  const done = v.state === "done";
  return (
    <>
      {!done && <Note title={t(`verdict.state.${v.state}`)}>{t("verdict.attempt", { attempt: v.attempt })}</Note>}
      <Section title={t("verdict.quorum")} lead={t("verdict.quorumLead")}>
        <Meter
          label={t("verdict.power")}
          value={v.power}
          max={v.total_power || 1}
          threshold={(v.total_power * 2) / 3}
          text={t("verdict.powerOf", { power: number(v.power), total: number(v.total_power) })}
        />
        <p>{t("verdict.powerOf", { power: number(v.power), total: number(v.total_power) })}</p>
        <Votes rows={v.by_validator} />
      </Section>
      {done && (
        <Section title={t("verdict.found")}>
          <Facts>
            <Fact label={t("verdict.items")}>
              {t("verdict.itemsOf", { items: number(v.items), accepted: number(v.accepted), delivered: number(v.delivered), contested: number(v.contested) })}
            </Fact>
            <Fact label={t("verdict.clause")}>
              <span className="inline-flex flex-wrap items-center gap-2">
                <Badge tone={v.measure.holds ? "good" : "warn"} icon={v.measure.holds ? "check" : "alert"}>
                  {t(v.measure.holds ? "verdict.holds" : "verdict.fails")}
                </Badge>
                {t("verdict.measured", {
                  metric: v.measure.metric,
                  estimate: share(v.measure.estimate),
                  bound: share(v.measure.lower_bound),
                  threshold: share(v.measure.threshold),
                  confidence: share(v.measure.confidence, 0),
                })}
              </span>
            </Fact>
            <Fact label={t("verdict.due")}>
              <Ppm value={v.due_ppm} /> · <Amount ualy={v.payouts_total} />
            </Fact>
            <Fact label={t("verdict.records")}>{v.records && <Cid of={v.records} />}</Fact>
            <Fact label={t("verdict.report")}>{v.report && <Cid of={v.report} />}</Fact>
            <Fact label={t("verdict.digest")}>
              <bdi className="font-mono text-[0.9em] break-all">{v.digest}</bdi> <Copy text={v.digest} />
            </Fact>
            <Fact label={t("block.height")}>{v.height > 0 && <BlockLink height={v.height} />}</Fact>
          </Facts>
        </Section>
      )}
    </>
  );
}

function Votes({ rows }: { rows: readonly Vote[] }) {
  const { t } = useTranslation("explorer");
  if (rows.length === 0) return <EmptyState title={t("verdict.noVotes")} />;
  const columns: Column<Vote>[] = [
    { key: "who", header: t("network.validator"), cell: (v) => <PartyLink of={v.validator} /> },
    { key: "digest", header: t("verdict.digest"), cell: (v) => <bdi className="font-mono text-[0.9em]">{v.digest.slice(0, 16)}…</bdi> },
    {
      key: "agrees",
      header: t("verdict.vote"),
      cell: (v) => (
        <Badge tone={v.agrees ? "good" : "bad"} icon={v.agrees ? "check" : "alert"}>
          {t(v.agrees ? "verdict.agrees" : "verdict.differs")}
        </Badge>
      ),
    },
    { key: "height", header: t("block.height"), align: "end", cell: (v) => <BlockLink height={v.height} /> },
  ];
  return <Table caption={t("verdict.votes")} columns={columns} rows={rows} rowKey={(v) => v.validator} />;
}
