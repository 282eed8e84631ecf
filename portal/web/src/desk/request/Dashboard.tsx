import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { dashboardQuery, type Dashboard as Data } from "@/api/desk";
import { datasetQuery } from "@/api/dataset";
import { Address, Amount, Badge, Button, Card, Chart, EmptyState, Loaded, Meter, Ppm, Section, Stat, Stats, Table, useFormat, type Column } from "@/design";
import { ClassChart } from "../dataset/ClassChart";
import { labelOf } from "../dataset/label";
import { burnDown, leastSeen, wilson } from "./cover";
import { ItemDialog } from "./ItemDialog";
import type { PartProps } from "./props";

/** How the work goes, live: pace, money, quality against the clause, people, disagreement. */
export function Dashboard({ request, terms }: PartProps) {
  const query = useQuery(dashboardQuery(request.id));
  return (
    <Loaded query={query} lines={10}>
      {(data) => (
        <div className="flex flex-col gap-8">
          <Figures data={data} request={request} />
          <Clause clause={data.clause} />
          <Lines data={data} request={request} />
          <People rows={data.contributors} />
          <Contested rows={data.contested} manifest={terms.manifest?.cid ?? ""} />
          {request.datasets[0] && <Mix dataset={request.datasets[0].id} />}
        </div>
      )}
    </Loaded>
  );
}

function Figures({ data, request }: { data: Data; request: PartProps["request"] }) {
  const { t } = useTranslation("desk");
  const { number } = useFormat();
  const { money } = request;
  const round = request.rounds.at(-1);
  return (
    <Stats>
      <Stat label={t("dash.progress")} value={<Ppm value={request.progress_ppm} digits={0} />} hint={round && round.state !== "closed" && t("dash.round", { round: round.number, committed: round.committed, pages: round.pages * round.target })} />
      <Stat label={t("dash.paid")} value={<Amount ualy={money.paid} digits={2} />} hint={<><Amount ualy={money.pending} digits={2} /> {t("dash.pending")}</>} />
      <Stat label={t("dash.budget")} value={<Amount ualy={money.budget} digits={2} />} hint={<><Amount ualy={money.refunded} digits={2} /> {t("dash.refunded")}</>} />
      <Stat label={t("dash.agreement")} value={data.agreement_ppm === 0 ? "–" : number(data.agreement_ppm / 1e6, { maximumFractionDigits: 2 })} hint={t("dash.alpha")} />
    </Stats>
  );
}

function Clause({ clause: c }: { clause: Data["clause"] }) {
  const { t } = useTranslation("desk");
  const { share, number } = useFormat();
  return (
    <Section title={t("clause.title")} lead={t("clause.lead", { threshold: share(c.threshold), confidence: share(c.confidence, 0) })}>
      {c.evidence === "" ? (
        <p className="text-muted">{t("clause.notYet")}</p>
      ) : (
        <Card className="flex flex-col gap-3">
          <div className="flex flex-wrap items-center justify-between gap-2">
            <p>{t("clause.measured", { estimate: share(c.estimate), bound: share(c.lower_bound), items: number(c.items), evidence: t(`clause.${c.evidence}`) })}</p>
            <Badge tone={c.holds ? "good" : "warn"} icon={c.holds ? "check" : "alert"}>{t(c.holds ? "clause.holds" : "clause.fails")}</Badge>
          </div>
          <Meter label={t("clause.title")} value={c.estimate} low={c.lower_bound} high={Math.max(c.lower_bound, c.estimate)} threshold={c.threshold} text={share(c.estimate)} />
        </Card>
      )}
    </Section>
  );
}

function Lines({ data, request: { budget, posted_at } }: { data: Data; request: PartProps["request"] }) {
  const { t } = useTranslation("desk");
  const { aly } = useFormat();
  const pace = useMemo(() => ({ x: data.throughput.map((p) => p.t), series: [{ label: t("dash.answers"), values: data.throughput.map((p) => p.answers) }] }), [data.throughput, t]);
  const money = useMemo(() => {
    const left = burnDown(data.spend, budget, posted_at);
    return { x: left.map((p) => p.t), series: [{ label: t("dash.left"), values: left.map((p) => Number(p.left)) }] };
  }, [data.spend, budget, posted_at, t]);
  if (data.throughput.length + data.spend.length === 0) return null;
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      {pace.x.length > 0 && <Chart title={t("dash.throughput")} {...pace} />}
      {data.spend.length > 0 && <Chart title={t("dash.burn")} {...money} format={(n) => aly(String(Math.round(n)), 1)} />}
    </div>
  );
}

type Person = Data["contributors"][number];

function People({ rows }: { rows: readonly Person[] }) {
  const { t } = useTranslation("desk");
  const { number } = useFormat();
  if (rows.length === 0) return null;
  const columns: Column<Person>[] = [
    { key: "who", header: t("bids.bidder"), cell: (c) => <Address of={c.party} name={c.name} to={`/explorer/parties/${c.party}`} /> },
    { key: "answers", header: t("dash.answers"), cell: (c) => number(c.answers), sort: (c) => c.answers, align: "end" },
    { key: "right", header: t("people.right"), cell: (c) => <Right of={c} />, sort: (c) => (c.gold_seen >= leastSeen ? wilson(c.gold_right, c.gold_seen).low : -1) },
    { key: "skill", header: t("people.skill"), cell: (c) => (c.skill_ppm > 0 ? <Ppm value={c.skill_ppm} /> : "–"), sort: (c) => c.skill_ppm, align: "end" },
    { key: "paid", header: t("dash.paid"), cell: (c) => <Amount ualy={c.paid} digits={2} />, sort: (c) => BigInt(c.paid), align: "end" },
    { key: "pending", header: t("people.pending"), cell: (c) => <Amount ualy={c.pending} digits={2} />, sort: (c) => BigInt(c.pending), align: "end" },
  ];
  return (
    <Section title={t("people.title")} lead={t("people.lead", { count: leastSeen })}>
      <Table caption={t("people.title")} columns={columns} rows={rows} rowKey={(c) => c.party} />
    </Section>
  );
}

/** A share only where enough was seen, always with its interval. */
function Right({ of: { gold_right: right, gold_seen: seen } }: { of: Person }) {
  const { t } = useTranslation("desk");
  const { share } = useFormat();
  if (seen === 0) return <span className="text-muted">–</span>;
  if (seen < leastSeen) return <span className="text-muted">{t("people.few", { right, seen })}</span>;
  const { low, high } = wilson(right, seen);
  const text = t("people.interval", { share: share((1e6 * right) / seen, 0), low: share(low, 0), high: share(high, 0) });
  return (
    <span className="inline-flex min-w-40 flex-col gap-1">
      <span>{text} <span className="text-muted">{right}/{seen}</span></span>
      <Meter label={t("people.right")} value={(1e6 * right) / seen} low={low} high={high} text={text} />
    </span>
  );
}

type Doubt = Data["contested"][number];

function Contested({ rows, manifest }: { rows: readonly Doubt[]; manifest: string }) {
  const { t } = useTranslation("desk");
  const [shown, setShown] = useState<Doubt>();
  const columns: Column<Doubt>[] = [
    { key: "item", header: t("contested.item"), cell: (c) => <bdi className="font-mono text-[0.9em]">{c.item}</bdi>, sort: (c) => c.item },
    { key: "round", header: t("contested.round"), cell: (c) => c.round, align: "end" },
    { key: "support", header: t("contested.support"), cell: (c) => (c.support_ppm > 0 ? <Ppm value={c.support_ppm} /> : "–"), sort: (c) => c.support_ppm, align: "end" },
    { key: "show", header: "", cell: (c) => <Button look="quiet" icon="eye" onClick={() => setShown(c)}>{t("contested.show")}</Button> },
  ];
  return (
    <Section title={t("contested.title")} lead={t("contested.lead")}>
      {rows.length > 0 ? <Table caption={t("contested.title")} columns={columns} rows={rows} rowKey={(c) => c.item} /> : <EmptyState icon="check" title={t("contested.none")} />}
      {shown && <ItemDialog manifest={manifest} id={shown.item} onClose={() => setShown(undefined)} />}
    </Section>
  );
}

function Mix({ dataset }: { dataset: string }) {
  const detail = useQuery(datasetQuery(dataset)).data;
  const label = detail && labelOf(detail);
  return label ? <ClassChart label={label} /> : null;
}
