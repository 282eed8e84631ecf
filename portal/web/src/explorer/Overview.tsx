import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { statusQuery } from "@/api/account";
import { blocksQuery, txsQuery, type Block } from "@/api/chain";
import { useEvents } from "@/api/events";
import { EmptyState, ErrorNote, LinkButton, Loaded, Loading, Page, Pager, Section, Stat, Stats, Table, Time, useFormat, type Column } from "@/design";
import { BlockLink, TxTable } from "./parts";

/** What the chain does now. */
export function Overview() {
  const { t } = useTranslation("explorer");
  useEvents({}, { invalidate: [["/blocks"], ["/txs"], ["status"]] });
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      actions={
        <>
          <LinkButton to="/explorer/network">{t("network.title")}</LinkButton>
          <LinkButton to="/explorer/proof" icon="shield">
            {t("proof.title")}
          </LinkButton>
        </>
      }
    >
      <State />
      <Section title={t("txs")}>
        <Transactions />
      </Section>
      <Section title={t("blocks")}>
        <Blocks />
      </Section>
    </Page>
  );
}

function State() {
  const { t } = useTranslation("explorer");
  const { number } = useFormat();
  const status = useQuery(statusQuery);
  return (
    <Loaded query={status} lines={2}>
      {(s) => (
        <Stats>
          <Stat label={t("status.chain")} value={<bdi>{s.chain_id}</bdi>} />
          <Stat label={t("status.height")} value={<Link to={`/explorer/blocks/${s.height}`}>{number(s.height)}</Link>} />
          <Stat label={t("status.time")} value={<Time at={s.time} />} />
          <Stat label={t("status.index")} value={number(s.index_height)} hint={t("status.behind", { count: Math.max(0, s.height - s.index_height) })} />
        </Stats>
      )}
    </Loaded>
  );
}

/** The latest transactions of all, or of one party. */
export function Transactions({ party }: { party?: string }) {
  const { t } = useTranslation("explorer");
  const query = useInfiniteQuery(txsQuery({ party, limit: 20 }));
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading />;
  const rows = query.data.pages.flatMap((page) => page.items);
  if (rows.length === 0) return <EmptyState title={t("tx.none")}>{t("tx.noneNext")}</EmptyState>;
  return (
    <>
      <TxTable rows={rows} />
      <Pager query={query} />
    </>
  );
}

function Blocks() {
  const { t } = useTranslation("explorer");
  const query = useInfiniteQuery(blocksQuery(20));
  const columns: Column<Block>[] = [
    { key: "height", header: t("block.height"), align: "end", cell: (b) => <BlockLink height={b.height} /> },
    { key: "time", header: t("time"), cell: (b) => <Time at={b.time} /> },
    { key: "txs", header: t("txs"), align: "end", cell: (b) => b.txs },
    { key: "events", header: t("events"), align: "end", cell: (b) => b.events },
    { key: "hash", header: t("block.hash"), cell: (b) => <bdi className="font-mono text-[0.9em]">{b.hash.slice(0, 16)}…</bdi> },
  ];
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading />;
  return (
    <>
      <Table caption={t("blocks")} columns={columns} rows={query.data.pages.flatMap((page) => page.items)} rowKey={(b) => String(b.height)} />
      <Pager query={query} />
    </>
  );
}
