import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { recordsQuery, type DataRecord } from "@/api/dataset";
import { Badge, EmptyState, ErrorNote, Loading, Pager, Ppm, Table, useFormat, type Column, type Tone } from "@/design";
import { ItemView, ValueView } from "../ItemView";

type Numbered = DataRecord & { number: number };

const tones: Record<DataRecord["status"], Tone> = { accepted: "good", delivered: "warn", gold: "accent" };

/** The records beside their items, in pieces. */
export function Records({ dataset }: { dataset: string }) {
  const { t } = useTranslation("dataset");
  const { number } = useFormat();
  const query = useInfiniteQuery(recordsQuery(dataset));
  if (query.error) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading lines={10} />;
  const rows = query.data.pages.flatMap((p) => p.items).map((r, i) => ({ ...r, number: i }));
  if (rows.length === 0) return <EmptyState title={t("records.none")} />;
  const columns: Column<Numbered>[] = [
    { key: "item", header: t("records.item"), cell: (r) => <bdi className="font-mono text-[0.9em]">{r.item}</bdi>, sort: (r) => r.item },
    { key: "data", header: t("records.data"), cell: (r) => <ItemView data={r.data} /> },
    { key: "value", header: t("records.value"), cell: (r) => <ValueView value={r.value} /> },
    { key: "confidence", header: t("label.confidence"), cell: (r) => <Ppm value={r.confidence} />, sort: (r) => r.confidence, align: "end" },
    { key: "answers", header: t("controls.answers"), cell: (r) => number(r.answers), sort: (r) => r.answers, align: "end" },
    { key: "status", header: t("records.status"), cell: (r) => <Badge tone={tones[r.status]}>{t(`records.${r.status}`)}</Badge>, sort: (r) => r.status },
    { key: "proof", header: t("records.proof"), cell: (r) => <Link to={`/explorer/proof?dataset=${dataset}&record=${r.number}`}>{t("records.prove")}</Link> },
  ];
  return (
    <div className="flex flex-col gap-4">
      <Table caption={t("tab.records")} columns={columns} rows={rows} rowKey={(r) => r.item} />
      <Pager query={query} />
    </div>
  );
}
