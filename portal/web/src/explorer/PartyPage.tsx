import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { useEvents } from "@/api/events";
import { partyQuery } from "@/api/market";
import type { Party } from "@/api/types";
import { Amount, Copy, EmptyState, Loaded, Page, Ppm, Section, Stat, Stats, Table, Time, useFormat, type Column } from "@/design";
import { Transactions } from "./Overview";

type Standing = Party["standings"][number];

/** Somebody who takes part: standing, record as a requester, what he did. */
export function PartyPage() {
  const { t } = useTranslation("explorer");
  const { address = "" } = useParams();
  const query = useQuery(partyQuery(address));
  useEvents({ party: address }, { invalidate: [["/txs"], [`/parties/${address}`]] });
  const title = query.data?.profile.name || t("party.title");
  return (
    <Page
      title={title}
      back={{ to: "/explorer", label: t("title") }}
      lead={
        <>
          <bdi className="font-mono text-[0.9em] break-all">{address}</bdi> <Copy text={address} />
        </>
      }
    >
      <Loaded query={query}>{(party) => <Record of={party} />}</Loaded>
      <Section title={t("party.did")}>
        <Transactions party={address} />
      </Section>
    </Page>
  );
}

function Record({ of }: { of: Party }) {
  const { t } = useTranslation("explorer");
  const { number, list, language } = useFormat();
  const r = of.as_requester;
  return (
    <>
      <Stats>
        <Stat label={t("party.balance")} value={<Amount ualy={of.balance} digits={2} />} />
        <Stat label={t("party.since")} value={of.since ? <Time at={of.since} /> : "–"} />
        <Stat label={t("party.requests")} value={number(r.requests)} hint={<Amount ualy={r.paid} digits={2} />} />
        <Stat
          label={t("party.overturned")}
          value={r.contested > 0 ? <Ppm value={r.overturned_ppm} /> : "–"}
          hint={t("party.overturnedOf", { overturned: r.overturned, contested: r.contested })}
        />
      </Stats>
      {of.profile.languages.length > 0 && <p className="text-muted">{list(of.profile.languages.map(language))}</p>}
      <Section title={t("party.standing")} lead={t("party.standingLead")}>
        <Standings rows={of.standings} />
      </Section>
    </>
  );
}

function Standings({ rows }: { rows: readonly Standing[] }) {
  const { t } = useTranslation("explorer");
  const { number } = useFormat();
  if (rows.length === 0) return <EmptyState title={t("party.noStanding")}>{t("party.noStandingNext")}</EmptyState>;
  const columns: Column<Standing>[] = [
    { key: "skill", header: t("party.skill"), cell: (s) => <bdi>{s.skill}</bdi>, sort: (s) => s.skill },
    { key: "level", header: t("party.level"), cell: (s) => t(`level.${s.level}`) },
    { key: "score", header: t("party.score"), align: "end", cell: (s) => <Ppm value={s.score_ppm} />, sort: (s) => s.score_ppm },
    { key: "answers", header: t("party.answers"), align: "end", cell: (s) => number(s.answers), sort: (s) => s.answers },
    { key: "percentile", header: t("party.percentile"), align: "end", cell: (s) => <Ppm value={s.percentile} digits={0} /> },
    { key: "settled", header: t("party.settled"), align: "end", cell: (s) => <Amount ualy={s.settled} digits={2} /> },
  ];
  return <Table caption={t("party.standing")} columns={columns} rows={rows} rowKey={(s) => s.skill} />;
}
