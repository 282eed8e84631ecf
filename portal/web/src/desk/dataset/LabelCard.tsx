import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Address, Amount, Badge, Meter, Ppm, useFormat } from "@/design";
import type { IngredientsLabel, Spread } from "./label";

/** The ingredients label on one screen: what, from where, by whom, how, how good, for what use. */
export function LabelCard({ label }: { label: IngredientsLabel }) {
  return (
    <article className="grid overflow-hidden rounded-xl border-2 border-ink bg-raised md:grid-cols-2 xl:grid-cols-3">
      <Quality label={label} />
      <Contents label={label} />
      <People label={label} />
      <Process label={label} />
      <Limits label={label} />
      <Use label={label} />
    </article>
  );
}

function Part({ name, children }: { name: string; children: ReactNode }) {
  const { t } = useTranslation("dataset");
  return (
    <section className="-me-px -mb-px border-e border-b border-line p-4">
      <h3 className="mb-2 border-b-4 border-ink pb-1 font-semibold">{t(`label.${name}`)}</h3>
      <dl className="flex flex-col divide-y divide-line">{children}</dl>
    </section>
  );
}

function Line({ name, children, strong }: { name: string; children: ReactNode; strong?: boolean }) {
  const { t } = useTranslation("dataset");
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-4 py-1">
      <dt className={strong ? "font-medium" : "text-muted"}>{t(`label.${name}`)}</dt>
      <dd className="min-w-0 text-end tabular-nums">{children}</dd>
    </div>
  );
}

function Range({ of, show }: { of: Spread; show: (value: number) => ReactNode }) {
  const { t } = useTranslation("dataset");
  return (
    <span title={t("label.spread")}>
      {show(of.min)} – <strong>{show(of.median)}</strong> – {show(of.max)}
    </span>
  );
}

type Props = { label: IngredientsLabel };

function Quality({ label: { contract: c, quality: q } }: Props) {
  const { t } = useTranslation("dataset");
  const { share, number } = useFormat();
  return (
    <Part name="quality">
      <div className="flex flex-col gap-2 py-2">
        <dt className="flex flex-wrap items-center justify-between gap-2 font-medium">
          {t("label.clause", { metric: t([`metric.${c.metric}`, c.metric]), threshold: share(c.threshold), confidence: share(c.confidence, 0) })}
          <Badge tone={c.holds ? "good" : "warn"} icon={c.holds ? "check" : "alert"}>{t(c.holds ? "label.holds" : "label.fails")}</Badge>
        </dt>
        <dd>
          <Meter
            label={t("label.measured")}
            value={c.estimate}
            threshold={c.threshold}
            low={c.lower_bound}
            high={c.estimate}
            text={t("label.measuredText", { estimate: share(c.estimate), bound: share(c.lower_bound) })}
          />
        </dd>
      </div>
      <Line name="estimate" strong><Ppm value={c.estimate} /></Line>
      <Line name="bound"><Ppm value={c.lower_bound} /></Line>
      <Line name="evidence">{t([`evidence.${c.evidence}`, "evidence.none"], { count: c.measured_items, n: number(c.measured_items) })}</Line>
      <Line name="gold">{t(c.evidence === "gold" ? "label.goldOf" : "label.goldFew", { right: number(q.gold_right), all: number(q.gold_items) })}</Line>
      <Line name="agreement">{number(q.raw_agreement / 1e6, { maximumFractionDigits: 2 })}</Line>
      <Line name="confidence"><Ppm value={q.mean_confidence} /></Line>
    </Part>
  );
}

function Contents({ label: { identity, sources, contract } }: Props) {
  const { t } = useTranslation("dataset");
  const { number, bytes } = useFormat();
  return (
    <Part name="contents">
      <Line name="records" strong>{number(identity.records)}</Line>
      <Line name="size">{bytes(identity.bytes)}</Line>
      {sources?.map((s) => (
        <Line key={s.manifest} name="source">
          {t("label.sourceOf", { n: number(s.items), method: t([`method.${s.method}`, s.method]) })} · <bdi>{s.licence}</bdi>
        </Line>
      ))}
      <Line name="request"><Link to={`/requests/${contract.request}`}><bdi>{contract.request}</bdi></Link></Line>
      <Line name="requester"><Address of={contract.requester} to={`/explorer/parties/${contract.requester}`} /></Line>
    </Part>
  );
}

function People({ label: { people: p, contract } }: Props) {
  const { number, language, list } = useFormat();
  return (
    <Part name="people">
      <Line name="contributors" strong>{number(p.contributors)}</Line>
      <Line name="answers">{number(p.answers)}</Line>
      <Line name="perPerson"><Range of={p.answers_per_contributor} show={number} /></Line>
      <Line name="pay"><Range of={p.pay_per_answer_ualy} show={(n) => <Amount ualy={String(n)} />} /></Line>
      <Line name="paid"><Amount ualy={String(contract.paid_ualy)} /></Line>
      <Line name="skill"><Range of={p.skill} show={(n) => <Ppm value={n} digits={0} />} /></Line>
      {p.found_worthless > 0 && <Line name="worthless">{number(p.found_worthless)}</Line>}
      {p.languages && p.languages.length > 0 && <Line name="languages">{list(p.languages.map(language))}</Line>}
    </Part>
  );
}

function Process({ label: { process: p } }: Props) {
  const { number } = useFormat();
  return (
    <Part name="process">
      <Line name="methodName" strong><bdi>{p.method} {p.method_version}</bdi></Line>
      <Line name="target"><Ppm value={p.target} /></Line>
      <Line name="rounds">{number(p.rounds)}</Line>
      <Line name="perItem"><Range of={p.labels_per_item} show={number} /></Line>
      <Line name="submissions">{number(p.submissions)}</Line>
      <Line name="missing">{number(p.missing_submissions)}</Line>
      <Line name="guidelines">{number(p.guidelines?.length ?? 0)}</Line>
      <Line name="prelabels"><Ppm value={p.pre_label_share} /></Line>
    </Part>
  );
}

function Limits({ label: { limits: l } }: Props) {
  const { t } = useTranslation("dataset");
  const { number } = useFormat();
  return (
    <Part name="limits">
      <Line name="unanswered" strong>{number(l.items_without_label)}</Line>
      <Line name="below">{number(l.items_below_target)}</Line>
      <Line name="skips">{number(l.skips)}</Line>
      <Line name="personal"><span dir="auto">{l.personal_data || t("label.notStated")}</span></Line>
      <Line name="privacy"><span dir="auto">{l.privacy_budget || t("label.notStated")}</span></Line>
      {l.notes?.map((note) => <Line key={note} name="note"><span dir="auto">{note}</span></Line>)}
    </Part>
  );
}

function Use({ label: { use } }: Props) {
  const { t } = useTranslation("dataset");
  return (
    <Part name="use">
      <Line name="licence" strong><bdi>{use.licence}</bdi></Line>
      <Line name="policy"><span dir="auto">{use.policy || t("label.notStated")}</span></Line>
      <Line name="share"><Ppm value={use.contributor_share} /></Line>
      <Line name="withdrawal"><span dir="auto">{use.withdrawal || t("label.notStated")}</span></Line>
    </Part>
  );
}
