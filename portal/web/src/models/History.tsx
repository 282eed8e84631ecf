import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { historyQuery, type LogEntry, type ModelDetail } from "@/api/model";
import { EmptyState, ErrorNote, Loading, Pager, Section, Table, Time, type Column } from "@/design";

/** The model's log: every change there was, chained by its roots. */
export function History({ model }: { model: ModelDetail }) {
  const { t } = useTranslation("models");
  return (
    <Section title={t("log.title")} lead={t("log.lead")}>
      <Entries id={model.id} />
    </Section>
  );
}

function Entries({ id }: { id: string }) {
  const { t } = useTranslation("models");
  const query = useInfiniteQuery(historyQuery(id));
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading />;
  const rows = query.data.pages.flatMap((page) => page.items);
  if (rows.length === 0) return <EmptyState title={t("log.none")} />;
  const columns: Column<LogEntry>[] = [
    { key: "number", header: t("given.number"), align: "end", cell: (e) => e.number },
    { key: "kind", header: t("log.what"), cell: (e) => t(`log.kind.${e.kind}`, { contribution: e.contribution, to: e.to, generation: e.generation }) },
    { key: "height", header: t("log.block"), align: "end", cell: (e) => <Link to={`/explorer/blocks/${e.height}`}>{e.height}</Link> },
    { key: "at", header: t("given.at"), cell: (e) => <Time at={e.at} /> },
    { key: "root", header: t("about.root"), cell: (e) => <bdi className="font-mono text-[0.9em]">{e.root.slice(0, 16)}…</bdi> },
  ];
  return (
    <>
      <Table caption={t("log.title")} columns={columns} rows={rows} rowKey={(e) => String(e.number)} />
      <Pager query={query} />
    </>
  );
}
