import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Earning, Earnings } from "@/api/types";
import { Amount, Badge, Button, Card, Cid, Countdown, EmptyState, Fact, Facts, LinkButton, Meter, Note, Ppm, save, Section, Stat, Stats, Time, useFormat, type Tone } from "@/design";
import { statement } from "./statement";

/** Earned, pending with its release date, released; every score with its evidence. */
export function EarningsTab({ earnings }: { earnings: Earnings }) {
  const { t } = useTranslation("home");
  const pending = earnings.pending.reduce((sum, due) => sum + BigInt(due.amount), 0n).toString();
  if (earnings.entries.length === 0) {
    return (
      <EmptyState icon="coins" title={t("earn.none")} action={<LinkButton to="/" look="primary" icon="market">{t("toMarket")}</LinkButton>}>
        {t("earn.noneText")}
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-8">
      <Stats>
        <Stat label={t("earn.earned")} value={<Amount ualy={earnings.earned} digits={2} />} hint={t("earn.earnedHint")} />
        <Stat label={t("earn.pending")} value={<Amount ualy={pending} digits={2} />} hint={t("earn.pendingHint")} />
        <Stat label={t("earn.released")} value={<Amount ualy={earnings.released} digits={2} />} hint={t("earn.releasedHint")} />
        <Stat label={t("earn.hourly")} value={earnings.hourly === "0" ? "–" : <Amount ualy={earnings.hourly} digits={2} />} hint={t("earn.hourlyHint")} />
      </Stats>
      <Section
        title={t("earn.entries")}
        actions={<Button icon="download" onClick={() => save(new Blob([statement(earnings.entries)], { type: "text/csv" }), "alaya-earnings.csv")}>{t("earn.statement")}</Button>}
      >
        <ul className="flex flex-col gap-3">
          {earnings.entries.map((entry) => (
            <Entry key={`${entry.request} ${entry.milestone}`} entry={entry} />
          ))}
        </ul>
      </Section>
    </div>
  );
}

const tones: Record<Earning["state"], Tone> = { pending: "info", contested: "warn", released: "good" };

function Entry({ entry }: { entry: Earning }) {
  const { t } = useTranslation("home");
  return (
    <Card as="li" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0">
          <h3 className="font-semibold"><Link to={`/requests/${entry.request}`} className="text-ink"><bdi>{entry.title}</bdi></Link></h3>
          <p className="text-sm text-muted">{t("earn.milestone", { number: entry.milestone + 1 })}</p>
        </div>
        <div className="flex flex-wrap items-center gap-3">
          <Badge tone={tones[entry.state]}>{t(`payout.${entry.state}`)}</Badge>
          <span className="text-lg font-semibold"><Amount ualy={entry.amount} /></span>
        </div>
      </div>
      <When entry={entry} />
      <Quality entry={entry} />
      {entry.worthless && <Note tone="bad" title={t("earn.worthless")}>{t("earn.worthlessText")}</Note>}
      {entry.contested && <Contested contest={entry.contested} />}
    </Card>
  );
}

function When({ entry }: { entry: Earning }) {
  const { t } = useTranslation("home");
  if (entry.released_at > 0) return <p className="text-sm text-muted">{t("earn.wasReleased")} <Time at={entry.released_at} /></p>;
  if (entry.release_at === 0 || entry.state === "contested") return null;
  return <p className="text-sm">{t("earn.willBe")} <Time at={entry.release_at} absolute /></p>;
}

/** The score and what it rests on. */
function Quality({ entry }: { entry: Earning }) {
  const { t } = useTranslation("home");
  const { number, share } = useFormat();
  return (
    <div className="grid items-center gap-x-6 gap-y-2 sm:grid-cols-2">
      <div>
        <p className="flex justify-between gap-2 text-sm">
          <span className="text-muted">{t("earn.score")}</span> <Ppm value={entry.score_ppm} />
        </p>
        <Meter label={t("earn.score")} value={entry.score_ppm} text={share(entry.score_ppm)} />
      </div>
      <p className="flex flex-wrap gap-x-4 gap-y-1 text-sm text-muted">
        <span>{t("earn.answers", { count: entry.answers, number: number(entry.answers) })}</span>
        <span>{t("earn.factor", { share: share(entry.factor_ppm) })}</span>
        {entry.gold_seen > 0 && <span>{t("earn.gold", { right: number(entry.gold_right), seen: number(entry.gold_seen) })}</span>}
        <Link to={`/explorer/verdicts/${entry.request}/${entry.round}`}>{t("earn.evidence")}</Link>
      </p>
    </div>
  );
}

/** An objection to one's pay: why, on what evidence, until when, and how it ends. */
function Contested({ contest }: { contest: NonNullable<Earning["contested"]> }) {
  const { t } = useTranslation("home");
  return (
    <Note tone={contest.state === "open" ? "warn" : "info"} title={t(`contest.${contest.state}`)}>
      <div className="mt-2 flex flex-col gap-2">
        <Facts>
          <Fact label={t("contest.reason")}>{t(`contest.reasons.${contest.reason}`)}</Fact>
          <Fact label={t("contest.evidence")}><Cid of={contest.evidence} /></Fact>
          <Fact label={t("contest.openedAt")}><Time at={contest.opened_at} absolute /></Fact>
          {contest.state === "open" && <Fact label={t("contest.ends")}><Countdown until={contest.deadline} /> (<Time at={contest.deadline} absolute />)</Fact>}
        </Facts>
        <p className="max-w-prose">{t(`contest.means.${contest.state}`)}</p>
      </div>
    </Note>
  );
}
