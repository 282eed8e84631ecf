import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useEvents } from "@/api/events";
import { type Assignment, partyWorkQuery, type WorkSubmission } from "@/api/work";
import { Badge, Button, EmptyState, LinkButton, Loaded, Page, save, Section, Table, Time, type Column, type Tone } from "@/design";
import { useAccount } from "@/wallet";
import { GetAccount } from "@/wallet/GetAccount";
import { exported, type Opening, openingsOf } from "../submit/opening";

type Row = WorkSubmission & Pick<Assignment, "request" | "title">;

const tones: Record<WorkSubmission["state"], Tone> = { leased: "info", expired: "warn", committed: "accent", revealed: "good", forfeited: "bad" };

/** Everything that the account has taken and handed in, with where it stands. */
export function SubmissionsPage() {
  const { t } = useTranslation("console");
  const account = useAccount();
  const address = account?.address ?? "";
  const work = useQuery(partyWorkQuery(address));
  useEvents({ stages: ["work"], party: address }, { invalidate: [["party", address, "work"], ["console", "openings"]] });
  if (!account) {
    return (
      <Page title={t("account.title")} lead={t("account.lead")}>
        <div className="max-w-xl">
          <GetAccount onDone={() => undefined} />
        </div>
      </Page>
    );
  }
  return (
    <Page title={t("mine.title")} lead={t("mine.lead")}>
      <Loaded query={work} lines={8}>
        {({ engagements }) => <All engagements={engagements} />}
      </Loaded>
      <Openings address={address} />
    </Page>
  );
}

function All({ engagements }: { engagements: Assignment[] }) {
  const { t } = useTranslation("console");
  const columns = useColumns();
  const active = engagements.filter((e) => e.state === "active");
  const rows: Row[] = engagements
    .flatMap(({ request, title, submissions }) => submissions.map((s) => ({ ...s, request, title })))
    .sort((a, b) => b.leased_at - a.leased_at);
  if (engagements.length === 0) {
    return (
      <EmptyState title={t("mine.none")} icon="work" action={<LinkButton to="/" look="primary">{t("mine.browse")}</LinkButton>}>
        {t("mine.noneText")}
      </EmptyState>
    );
  }
  return (
    <>
      <ul className="flex flex-wrap gap-3">
        {active.map((e) => (
          <li key={e.request}>
            <LinkButton to={`/console/${e.request}`} look={e.open_leases.length > 0 ? "primary" : "secondary"} icon="next">
              <bdi>{e.title}</bdi>
              {e.open_leases.length > 0 && <span>({t("mine.open", { count: e.open_leases.length })})</span>}
            </LinkButton>
          </li>
        ))}
      </ul>
      <Table caption={t("mine.table")} columns={columns} rows={rows} rowKey={(row) => `${row.request} ${row.round} ${row.page} ${row.leased_at}`} />
    </>
  );
}

function useColumns(): Column<Row>[] {
  const { t } = useTranslation("console");
  return [
    { key: "request", header: t("mine.request"), cell: (row) => <Link to={`/requests/${row.request}`}><bdi>{row.title}</bdi></Link>, sort: (row) => row.title },
    { key: "round", header: t("mine.round"), cell: (row) => row.round, sort: (row) => row.round },
    { key: "page", header: t("mine.page"), cell: (row) => row.page + 1, sort: (row) => row.page },
    { key: "items", header: t("mine.items"), cell: (row) => row.items, sort: (row) => row.items },
    { key: "state", header: t("mine.state"), cell: (row) => <Badge tone={tones[row.state]}>{t(`mine.states.${row.state}`)}</Badge>, sort: (row) => row.state },
    { key: "at", header: t("mine.at"), cell: (row) => <Time at={row.committed_at || row.leased_at} />, sort: (row) => row.committed_at || row.leased_at },
  ];
}

/** What waits to be opened by this browser, and a copy of it to keep elsewhere. */
function Openings({ address }: { address: string }) {
  const { t } = useTranslation("console");
  const found = useQuery({ queryKey: ["console", "openings", address], queryFn: () => openingsOf(address), gcTime: 0 });
  if (!found.data || found.data.length === 0) return null;
  return (
    <Section title={t("openings.title")} lead={t("openings.lead")}>
      <ul className="flex flex-col gap-1">
        {found.data.map((opening) => (
          <li key={opening.commitment} className="flex flex-wrap items-center gap-3">
            <span>{t("openings.page", { page: opening.page + 1, round: opening.round })}</span>
            <Time at={opening.at} />
            {opening.relayed && <Badge tone="good">{t("openings.relayed")}</Badge>}
            <Button look="quiet" icon="download" onClick={() => download(opening)}>
              {t("openings.export")}
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  );
}

const download = (opening: Opening) => save(new Blob([exported(opening)], { type: "application/json" }), `alaya-opening-${opening.request}-${opening.round}-${opening.page}.json`);
