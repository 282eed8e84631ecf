import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Party } from "@/api/types";
import { Amount, Badge, Button, Card, EmptyState, Fact, Facts, Meter, Note, Section, Stat, Stats, Table, Time, useFormat, type Column, type Tone } from "@/design";
import { ProfileDialog } from "./ProfileDialog";
import { interval, nextLevel, type Standing } from "./standing";

/** The record in each skill, the profile, the stakes. */
export function StandingTab({ party }: { party: Party }) {
  const { t } = useTranslation("home");
  const stakes = party.stakes.filter((s) => s.amount !== "0");
  return (
    <div className="flex flex-col gap-8">
      <Profile party={party} />
      <Section title={t("standing.title")} lead={t("standing.lead")}>
        {party.strikes > 0 && <Note tone="warn" title={t("standing.strikes", { count: party.strikes })}>{t("standing.strikesText")}</Note>}
        {party.standings.length === 0 ? (
          <EmptyState icon="star" title={t("standing.none")}>{t("standing.noneText")}</EmptyState>
        ) : (
          <ul className="grid gap-3 lg:grid-cols-2">
            {party.standings.map((s) => (
              <Skill key={s.skill} standing={s} />
            ))}
          </ul>
        )}
      </Section>
      {stakes.length > 0 && <Stakes stakes={stakes} />}
    </div>
  );
}

const tones: Record<Standing["level"], Tone> = { novice: "plain", practised: "info", expert: "good", lead: "accent" };

/** From so many answers on a rank says something. */
const fewest = 20;

function Skill({ standing }: { standing: Standing }) {
  const { t } = useTranslation("home");
  const { share, number, aly } = useFormat();
  const { low, mid, high } = interval(standing);
  const next = nextLevel(standing);
  const wants = next && [
    next.score !== undefined && t("standing.needScore", { score: share(next.score, 0) }),
    next.settled !== undefined && t("standing.needPay", { amount: aly(next.settled, 2) }),
  ].filter(Boolean);
  return (
    <Card as="li" className="flex flex-col gap-3">
      <div className="flex items-center justify-between gap-3">
        <h3 className="font-semibold">{standing.skill}</h3>
        <Badge tone={tones[standing.level]} icon="star">{t(`level.${standing.level}`)}</Badge>
      </div>
      <Meter label={t("standing.score")} value={mid} low={low} high={high} text={share(low)} />
      <p className="text-sm">
        {t("standing.interval", { score: share(low), low: share(low), high: share(high) })}
      </p>
      <Facts>
        <Fact label={t("standing.answers")}>{number(standing.answers)}</Fact>
        <Fact label={t("standing.percentile")}>
          {standing.answers < fewest ? t("standing.tooFew", { count: fewest }) : t("standing.better", { share: share(standing.percentile, 0) })}
        </Fact>
        <Fact label={t("standing.settled")}><Amount ualy={standing.settled} digits={2} /></Fact>
      </Facts>
      <p className="text-sm text-muted">
        {next ? <>{t("standing.next", { level: t(`level.${next.level}`) })} {wants?.join(" · ")}</> : t("standing.top")}
      </p>
    </Card>
  );
}

function Profile({ party }: { party: Party }) {
  const { t } = useTranslation("home");
  const { language, list } = useFormat();
  const [editing, setEditing] = useState(false);
  const { name, skills, languages } = party.profile;
  return (
    <Section title={t("profile.title")} lead={t("profile.lead")} actions={<Button icon="edit" onClick={() => setEditing(true)}>{t("profile.edit")}</Button>}>
      <Stats>
        <Stat label={t("profile.name")} value={<bdi>{name || "–"}</bdi>} />
        <Stat label={t("profile.languages")} value={languages.length > 0 ? list(languages.map(language)) : "–"} />
        <Stat label={t("profile.skills")} value={skills.length > 0 ? list(skills) : "–"} />
      </Stats>
      {editing && <ProfileDialog party={party} onClose={() => setEditing(false)} />}
    </Section>
  );
}

type Stake = Party["stakes"][number];

function Stakes({ stakes }: { stakes: Stake[] }) {
  const { t } = useTranslation("home");
  const columns: Column<Stake>[] = [
    { key: "amount", header: t("stake.amount"), cell: (s) => <Amount ualy={s.amount} />, sort: (s) => BigInt(s.amount), align: "end" },
    { key: "state", header: t("state"), cell: (s) => t(`stake.state.${s.state}`), sort: (s) => s.state },
    { key: "slashed", header: t("stake.lost"), cell: (s) => <Amount ualy={s.slashed} />, sort: (s) => BigInt(s.slashed), align: "end" },
    { key: "cause", header: t("stake.cause"), cell: (s) => <span dir="auto">{s.cause || "–"}</span> },
    { key: "release", header: t("stake.returns"), cell: (s) => (s.release_at > 0 ? <Time at={s.release_at} /> : "–"), sort: (s) => s.release_at, align: "end" },
  ];
  return (
    <Section title={t("stake.title")}>
      <Table caption={t("stake.title")} columns={columns} rows={stakes} rowKey={(s) => s.request} />
    </Section>
  );
}
