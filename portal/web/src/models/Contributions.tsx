import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { MsgReportSchema, MsgVoteSchema } from "@gen/proto/alaya/model/v1/tx_pb";
import { Verdict } from "@gen/proto/alaya/model/v1/model_pb";
import { contributionsQuery, type Contribution, type ModelDetail } from "@/api/model";
import { Address, Amount, Badge, Button, Chart, EmptyState, ErrorNote, Loading, Pager, Table, Time, toast, useFormat, type Column, type Tone } from "@/design";
import { message, useSend, type Message } from "@/wallet";
import { classesOf } from "./Cells";
import { prequential } from "./prequential";

const tones: Partial<Record<Contribution["state"], Tone>> = { confirmed: "good", rejected: "bad", trained: "info", lapsed: "warn" };

/** What the model was given, how well it already knew it, and what others may say to it. */
export function Contributions({ model }: { model: ModelDetail }) {
  const { t } = useTranslation("models");
  const query = useInfiniteQuery(contributionsQuery(model.id));
  const items = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading lines={6} />;
  if (items.length === 0) return <EmptyState title={t("given.none")}>{t("given.noneNext")}</EmptyState>;
  return (
    <div className="flex flex-col gap-4">
      {model.classes > 1 && <Accuracy items={items} />}
      <List model={model} items={items} />
      <Pager query={query} />
    </div>
  );
}

function Accuracy({ items }: { items: readonly Contribution[] }) {
  const { t } = useTranslation("models");
  const { share } = useFormat();
  const course = useMemo(() => prequential(items), [items]);
  const series = useMemo(() => [{ label: t("given.right"), values: course.right }], [course, t]);
  if (course.at.length < 2) return null;
  return <Chart title={t("given.accuracy")} x={course.at} time={false} series={series} format={(v) => (v <= 1 ? share(v * 1e6) : String(v))} />;
}

function List({ model, items }: { model: ModelDetail; items: readonly Contribution[] }) {
  const { t } = useTranslation("models");
  const classes = classesOf(model);
  const name = (n: number) => classes[n] ?? String(n / 2 ** 20);
  const columns: Column<Contribution>[] = [
    { key: "number", header: t("given.number"), align: "end", cell: (c) => c.number, sort: (c) => c.number },
    { key: "author", header: t("given.author"), cell: (c) => <Address of={c.author} to={`/explorer/parties/${c.author}`} /> },
    { key: "label", header: t("teach.label"), cell: (c) => <bdi>{c.state === "committed" ? "" : name(c.label)}</bdi> },
    { key: "said", header: t("given.said"), cell: (c) => <bdi>{c.entry > 0 ? name(c.class) : ""}</bdi> },
    { key: "state", header: t("given.state"), cell: (c) => <Badge tone={tones[c.state] ?? "plain"}>{t(`given.states.${c.state}`)}</Badge> },
    { key: "deposit", header: t("deposit"), align: "end", cell: (c) => (c.deposit === "0" ? "" : <Amount ualy={c.deposit} />) },
    { key: "at", header: t("given.at"), cell: (c) => <Time at={c.at} /> },
    { key: "say", header: t("given.say"), cell: (c) => <Say model={model} of={c} /> },
  ];
  return <Table caption={t("given.title")} columns={columns} rows={items} rowKey={(c) => String(c.number)} />;
}

/** What others may do about an item that waits for its verdict: vote, or report it with a bond. */
function Say({ model, of }: { model: ModelDetail; of: Contribution }) {
  const { t } = useTranslation("models");
  const send = useSend();
  if (of.state !== "trained") return null;
  const about = { model: model.id, number: BigInt(of.number) };
  const say = (said: Message) => {
    send([said]).then(
      () => toast({ tone: "good", title: t("given.thanks") }),
      (error: unknown) => toast({ tone: "bad", title: error instanceof Error ? error.message : String(error) }),
    );
  };
  if (model.incentive === "points") {
    return (
      <span className="inline-flex gap-1">
        <Button look="quiet" onClick={() => say(message(MsgVoteSchema, { ...about, verdict: Verdict.AGREES }))}>{t("given.agree")}</Button>
        <Button look="quiet" onClick={() => say(message(MsgVoteSchema, { ...about, verdict: Verdict.DISAGREES }))}>{t("given.disagree")}</Button>
      </span>
    );
  }
  return <Button look="quiet" icon="flag" onClick={() => say(message(MsgReportSchema, about))}>{t("given.report")}</Button>;
}
