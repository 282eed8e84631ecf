import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Tx } from "@/api/chain";
import type { Event } from "@/api/types";
import { Address, Badge, Table, Time, type Column } from "@/design";
import { Says } from "./Says";

const ends = (hash: string) => `${hash.slice(0, 8)}…${hash.slice(-6)}`;

/** A link to a block. */
export function BlockLink({ height }: { height: number }) {
  return <Link to={`/explorer/blocks/${height}`}>{height}</Link>;
}

/** A link to a transaction: the ends of its hash. */
export function TxLink({ hash }: { hash: string }) {
  return (
    <Link to={`/explorer/txs/${hash}`} title={hash} className="font-mono text-[0.9em]">
      <bdi>{ends(hash)}</bdi>
    </Link>
  );
}

/** A link to somebody. */
export function PartyLink({ of, name }: { of: string; name?: string }) {
  return <Address of={of} name={name} to={`/explorer/parties/${of}`} />;
}

/** Whether a transaction did what it asked for. */
export function Outcome({ ok }: { ok: boolean }) {
  const { t } = useTranslation("explorer");
  return ok ? (
    <Badge tone="good" icon="check">
      {t("tx.ok")}
    </Badge>
  ) : (
    <Badge tone="bad" icon="alert">
      {t("tx.failed")}
    </Badge>
  );
}

/** Transactions, each in words. */
export function TxTable({ rows }: { rows: readonly Tx[] }) {
  const { t } = useTranslation("explorer");
  const columns: Column<Tx>[] = [
    { key: "hash", header: t("tx.hash"), cell: (tx) => <TxLink hash={tx.hash} /> },
    { key: "what", header: t("tx.what"), cell: (tx) => <Said tx={tx} /> },
    { key: "who", header: t("tx.signer"), cell: (tx) => tx.signers[0] && <PartyLink of={tx.signers[0]} /> },
    { key: "block", header: t("block.height"), align: "end", cell: (tx) => <BlockLink height={tx.height} /> },
    { key: "time", header: t("time"), cell: (tx) => <Time at={tx.time} /> },
    { key: "ok", header: t("tx.outcome"), cell: (tx) => <Outcome ok={tx.ok} /> },
  ];
  return <Table caption={t("txs")} columns={columns} rows={rows} rowKey={(tx) => tx.hash} />;
}

function Said({ tx }: { tx: Tx }) {
  const { t } = useTranslation("explorer");
  const [first, ...more] = tx.messages;
  if (!first) return null;
  return (
    <>
      <Says message={first} />
      {more.length > 0 && <span className="text-muted"> {t("tx.more", { count: more.length })}</span>}
    </>
  );
}

/** What happened, with links to what it is about. */
export function EventTable({ rows }: { rows: readonly Event[] }) {
  const { t } = useTranslation("explorer");
  const columns: Column<Event>[] = [
    { key: "block", header: t("block.height"), align: "end", cell: (e) => <BlockLink height={e.height} /> },
    {
      key: "what",
      header: t("event.what"),
      cell: (e) => (
        <span className="font-mono text-[0.9em]">
          <bdi>
            {e.stage}.{e.action}
          </bdi>
        </span>
      ),
    },
    { key: "request", header: t("event.request"), cell: (e) => e.request && <Link to={`/requests/${e.request}`}>{e.request}</Link> },
    { key: "party", header: t("event.party"), cell: (e) => e.party && <PartyLink of={e.party} /> },
    { key: "more", header: t("event.more"), cell: (e) => <Attributes of={e} /> },
  ];
  return <Table caption={t("events")} columns={columns} rows={rows} rowKey={(e) => `${e.height}-${e.index}`} />;
}

function Attributes({ of }: { of: Event }) {
  const rest = Object.entries(of.attributes).filter(([, value]) => value !== of.request && value !== of.party);
  return (
    <bdi className="text-sm text-muted">
      {rest.map(([name, value]) => `${name} ${value.length > 24 ? ends(value) : value}`).join(" · ")}
    </bdi>
  );
}
