import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { MsgClaimSchema } from "@gen/proto/alaya/model/v1/tx_pb";
import { leaderboardQuery, type ModelDetail, type Rank } from "@/api/model";
import { Address, Amount, Badge, Button, EmptyState, ErrorNote, Loading, Pager, Table, toast, useFormat, type Column } from "@/design";
import { message, useAccount, useSend } from "@/wallet";

/** Who taught the model most, with points, levels, badges and rewards. */
export function Leaderboard({ model }: { model: ModelDetail }) {
  const { t } = useTranslation("models");
  const { number } = useFormat();
  const me = useAccount();
  const query = useInfiniteQuery(leaderboardQuery(model.id));
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading lines={6} />;
  const rows = query.data.pages.flatMap((page) => page.items);
  if (rows.length === 0) return <EmptyState title={t("people.none")}>{t("given.noneNext")}</EmptyState>;
  const columns: Column<Rank>[] = [
    { key: "who", header: t("given.author"), cell: (r) => <Address of={r.party} to={`/explorer/parties/${r.party}`} /> },
    { key: "points", header: t("people.points"), align: "end", cell: (r) => number(r.points), sort: (r) => r.points },
    { key: "level", header: t("people.level"), cell: (r) => <bdi>{r.level}</bdi> },
    {
      key: "badges",
      header: t("people.badges"),
      cell: (r) => (
        <span className="inline-flex flex-wrap gap-1">
          {r.badges.map((badge) => (
            <Badge key={badge} tone="accent" icon="star">
              <bdi>{badge}</bdi>
            </Badge>
          ))}
        </span>
      ),
    },
    { key: "given", header: t("people.given"), align: "end", cell: (r) => number(r.given), sort: (r) => r.given },
    { key: "confirmed", header: t("people.confirmed"), align: "end", cell: (r) => number(r.confirmed), sort: (r) => r.confirmed },
    { key: "rejected", header: t("people.rejected"), align: "end", cell: (r) => number(r.rejected), sort: (r) => r.rejected },
    ...(model.incentive === "points"
      ? []
      : [{ key: "due", header: t("people.due"), align: "end" as const, cell: (r: Rank) => <Due of={r} mine={r.party === me?.address} model={model} /> }]),
  ];
  return (
    <div className="flex flex-col gap-4">
      <Table caption={t("people.title")} columns={columns} rows={rows} rowKey={(r) => r.party} />
      <Pager query={query} />
    </div>
  );
}

function Due({ of, mine, model }: { of: Rank; mine: boolean; model: ModelDetail }) {
  const { t } = useTranslation("models");
  const send = useSend();
  const claim = () => {
    send([message(MsgClaimSchema, { model: model.id })]).then(
      () => toast({ tone: "good", title: t("people.claimed") }),
      (error: unknown) => toast({ tone: "bad", title: error instanceof Error ? error.message : String(error) }),
    );
  };
  return (
    <span className="inline-flex items-center gap-2">
      <Amount ualy={of.due} />
      {mine && of.due !== "0" && <Button onClick={claim}>{t("people.claim")}</Button>}
    </span>
  );
}
