import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Assignment, Bid, Step, Work } from "@/api/types";
import { Amount, Badge, Card, Countdown, EmptyState, Icon, LinkButton, Meter, Section, Table, Time, useFormat, useNow, type Column, type Tone } from "@/design";
import { iconOf, placeOf, urgency } from "./steps";

/** What to do next, the contracts in force, the bids. */
export function WorkTab({ work }: { work: Work }) {
  const { t } = useTranslation("home");
  if (work.next_steps.length + work.engagements.length + work.bids.length === 0) {
    return (
      <EmptyState icon="work" title={t("nothing")} action={<LinkButton to="/" look="primary" icon="market">{t("toMarket")}</LinkButton>}>
        {t("nothingText")}
      </EmptyState>
    );
  }
  const open = work.engagements.filter((e) => e.state === "offered" || e.state === "active");
  const bids = work.bids.filter((b) => b.state !== "awarded"); // those are engagements
  const over = work.engagements.filter((e) => e.state !== "offered" && e.state !== "active");
  return (
    <div className="flex flex-col gap-8">
      <Next steps={work.next_steps} />
      {open.length > 0 && (
        <Section title={t("engagements")}>
          <ul className="grid gap-3 lg:grid-cols-2">
            {open.map((e) => (
              <Engaged key={e.request} engagement={e} />
            ))}
          </ul>
        </Section>
      )}
      {bids.length > 0 && <Bids bids={bids} />}
      {over.length > 0 && <Past engagements={over} />}
    </div>
  );
}

const tones = { now: "bad", soon: "warn", later: "plain" } as const satisfies Record<string, Tone>;

function Next({ steps }: { steps: Step[] }) {
  const { t } = useTranslation("home");
  const now = useNow(10_000);
  if (steps.length === 0) return <Card className="text-muted">{t("noSteps")}</Card>;
  return (
    <Section title={t("next")}>
      <ul className="flex flex-col gap-2">
        {steps.map((step) => {
          const level = urgency(step, now);
          return (
            <Card as="li" key={`${step.kind} ${step.request} ${step.round} ${step.page}`} className="flex flex-wrap items-center gap-x-4 gap-y-2">
              <Icon name={iconOf[step.kind]} className="text-xl text-accent" />
              <div className="min-w-0 grow basis-60">
                <p className="font-medium">{t(`step.${step.kind}.title`)}</p>
                <p className="truncate text-muted"><bdi>{step.title}</bdi></p>
              </div>
              {step.due > 0 && (
                <Badge tone={tones[level]} icon="clock">
                  {level === "now" ? <Countdown until={step.due} /> : <Time at={step.due} />}
                </Badge>
              )}
              <LinkButton to={placeOf(step)} look={level === "later" ? "secondary" : "primary"}>{t(`step.${step.kind}.do`)}</LinkButton>
            </Card>
          );
        })}
      </ul>
    </Section>
  );
}

function Engaged({ engagement: e }: { engagement: Assignment }) {
  const { t } = useTranslation("home");
  const { number } = useFormat();
  const handed = e.submissions.filter((s) => s.state === "committed" || s.state === "revealed").length;
  return (
    <Card as="li" className="flex flex-col gap-3">
      <div className="flex items-start justify-between gap-3">
        <h3 className="font-semibold">
          <Link to={`/requests/${e.request}`} className="text-ink"><bdi>{e.title}</bdi></Link>
        </h3>
        <Badge tone={e.state === "active" ? "good" : "warn"}>{t(`engagement.${e.state}`)}</Badge>
      </div>
      <Meter label={t("answers")} value={e.done} max={Math.max(1, e.units)} text={`${e.done} / ${e.units}`} />
      <p className="flex flex-wrap gap-x-4 gap-y-1 text-sm text-muted">
        <span>{t("answersOf", { done: number(e.done), units: number(e.units) })}</span>
        <span><Amount ualy={e.price} /> {t("each")}</span>
        <span>{t("pagesHanded", { count: handed })}</span>
        {e.round_state && <span>{t(`round.${e.round_state}`)}{e.deadline > 0 && <> · <Time at={e.deadline} /></>}</span>}
      </p>
      {e.suspended && <Badge tone="bad" icon="alert">{t("suspended")}</Badge>}
      {e.open_leases.length > 0 && (
        <ul className="flex flex-col gap-1">
          {e.open_leases.map((lease) => (
            <li key={`${lease.round} ${lease.page}`} className="flex items-center justify-between gap-3 rounded-lg bg-sunken px-3 py-1.5">
              <span>{t("page", { page: lease.page + 1 })}</span>
              <Countdown until={lease.expires} of={3_600_000} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

const bidTones: Record<Bid["state"], Tone> = { open: "info", awarded: "good", rejected: "plain", withdrawn: "plain", expired: "plain" };

function Bids({ bids }: { bids: Bid[] }) {
  const { t } = useTranslation("home");
  const { number } = useFormat();
  const columns: Column<Bid>[] = [
    { key: "title", header: t("request"), cell: (b) => <Link to={`/requests/${b.request}`} dir="auto">{b.title}</Link>, sort: (b) => b.title },
    { key: "state", header: t("state"), cell: (b) => <Badge tone={bidTones[b.state]}>{t(`bid.${b.state}`)}</Badge>, sort: (b) => b.state },
    { key: "price", header: t("price"), cell: (b) => <Amount ualy={b.price} />, sort: (b) => BigInt(b.price), align: "end" },
    { key: "units", header: t("answers"), cell: (b) => number(b.units), sort: (b) => b.units, align: "end" },
    { key: "placed", header: t("placed"), cell: (b) => <Time at={b.placed_at} />, sort: (b) => b.placed_at, align: "end" },
  ];
  return (
    <Section title={t("bids")}>
      <Table caption={t("bids")} columns={columns} rows={bids} rowKey={(b) => b.request} />
    </Section>
  );
}

function Past({ engagements }: { engagements: Assignment[] }) {
  const { t } = useTranslation("home");
  const { number } = useFormat();
  const columns: Column<Assignment>[] = [
    { key: "title", header: t("request"), cell: (e) => <Link to={`/requests/${e.request}`} dir="auto">{e.title}</Link>, sort: (e) => e.title },
    { key: "state", header: t("state"), cell: (e) => t(`engagement.${e.state}`), sort: (e) => e.state },
    { key: "done", header: t("answers"), cell: (e) => number(e.done), sort: (e) => e.done, align: "end" },
    { key: "price", header: t("price"), cell: (e) => <Amount ualy={e.price} />, sort: (e) => BigInt(e.price), align: "end" },
  ];
  return (
    <Section title={t("past")}>
      <Table caption={t("past")} columns={columns} rows={engagements} rowKey={(e) => e.request} />
    </Section>
  );
}
