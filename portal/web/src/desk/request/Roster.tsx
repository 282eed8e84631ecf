import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { engagementsQuery } from "@/api/market";
import type { Engagement } from "@/api/types";
import { Address, Amount, Badge, EmptyState, Loading, Meter, Pager, Table, Time, useFormat, type Column, type Tone } from "@/design";
import type { PartProps } from "./props";

const tones: Record<Engagement["state"], Tone> = { offered: "warn", active: "good", completed: "plain", terminated: "bad", lapsed: "bad" };

/** Who was taken on and how far each is. */
export function Roster({ request }: PartProps) {
  const { t } = useTranslation(["desk", "home"]);
  const { number } = useFormat();
  const query = useInfiniteQuery(engagementsQuery(request.id));
  if (!query.data) return <Loading lines={6} />;
  const rows = query.data.pages.flatMap((p) => p.items);
  if (rows.length === 0) return <EmptyState icon="account" title={t("roster.none")}>{t("roster.noneText")}</EmptyState>;
  const columns: Column<Engagement>[] = [
    { key: "who", header: t("bids.bidder"), cell: (e) => <Address of={e.contributor} name={e.name} to={`/explorer/parties/${e.contributor}`} /> },
    {
      key: "state",
      header: t("state"),
      sort: (e) => e.state,
      cell: (e) => (
        <span className="inline-flex flex-wrap gap-1.5">
          <Badge tone={tones[e.state]}>{t(`engagement.${e.state}`)}</Badge>
          {e.suspended && <Badge tone="bad" icon="alert">{t("roster.suspended")}</Badge>}
          {e.state === "offered" && <span className="text-sm text-muted">{t("roster.until")} <Time at={e.accept_by} /></span>}
        </span>
      ),
    },
    {
      key: "done",
      header: t("roster.done"),
      sort: (e) => e.done,
      cell: (e) => (
        <span className="flex items-center gap-3">
          <span className="w-24"><Meter label={t("roster.done")} value={e.done} max={Math.max(1, e.units)} text={`${e.done} / ${e.units}`} /></span>
          <span className="tabular-nums">{number(e.done)} / {number(e.units)}</span>
        </span>
      ),
    },
    { key: "price", header: t("bids.price"), cell: (e) => <Amount ualy={e.price} />, sort: (e) => BigInt(e.price), align: "end" },
    { key: "stake", header: t("roster.stake"), cell: (e) => <Amount ualy={e.stake} />, align: "end" },
  ];
  return (
    <div className="flex flex-col gap-4">
      <Table caption={t("tab.roster")} columns={columns} rows={rows} rowKey={(e) => e.contributor} />
      <Pager query={query} />
    </div>
  );
}
