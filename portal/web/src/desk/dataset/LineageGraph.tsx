import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Lineage } from "@/api/dataset";
import { Table, type Column } from "@/design";
import { short } from "@/design/format";
import { boxSize, layOut, type Box, type Drawing } from "./lineage";

type Node = Lineage["nodes"][number];

/** The page or blob that a node stands for. */
function hrefOf({ kind, ref }: Node): string {
  if (kind === "dataset") return `/datasets/${ref}`;
  if (kind === "request") return `/requests/${ref}`;
  if (kind === "party") return `/explorer/parties/${ref}`;
  if (kind === "round" || kind === "verdict") return `/explorer/verdicts/${ref}`;
  return `/blob/${ref}`;
}

function useNames() {
  const { t } = useTranslation("dataset");
  const title = ({ kind, ref, title }: Node) => {
    if (title) return title;
    if (kind === "round" || kind === "verdict") return t(`lineage.of.${kind}`, { round: ref.split("/")[1] });
    return short(ref, 8, 4);
  };
  return { title, kind: (node: Node) => t(`lineage.kind.${node.kind}`), relation: (name: string) => t([`lineage.relation.${name}`, "lineage.relation.other"], { name }) };
}

/** What a dataset comes from, as a picture and as a table. */
export function LineageGraph({ lineage }: { lineage: Lineage }) {
  const { t, i18n } = useTranslation("dataset");
  const drawing = useMemo(() => layOut(lineage), [lineage]);
  const mirrored = i18n.dir() === "rtl";
  return (
    <figure className="flex flex-col gap-3">
      <div role="region" aria-label={t("lineage.title")} tabIndex={0} className="overflow-x-auto rounded-xl border border-line bg-raised p-4">
        <div dir="ltr" className="relative" style={{ width: drawing.width, height: drawing.height }}>
          <Lines drawing={drawing} mirrored={mirrored} />
          <ol>
            {drawing.boxes.toSorted((a, b) => a.x - b.x || a.y - b.y).map((box) => (
              <NodeBox key={box.node.id} box={box} left={mirrored ? drawing.width - box.x - boxSize.width : box.x} />
            ))}
          </ol>
        </div>
      </div>
      <details>
        <summary className="min-h-6 cursor-pointer text-muted">{t("lineage.asTable")}</summary>
        <LineageTable drawing={drawing} />
      </details>
    </figure>
  );
}

function NodeBox({ box: { node, y }, left }: { box: Box; left: number }) {
  const { i18n } = useTranslation();
  const names = useNames();
  const shape = `absolute flex flex-col justify-center rounded-lg border px-3 no-underline hover:border-accent hover:underline ${
    node.kind === "dataset" ? "border-accent bg-accent-soft" : "border-line-strong bg-raised"
  }`;
  const place = { left, top: y, ...boxSize };
  const inside = (
    <>
      <span className="truncate text-xs text-muted">{names.kind(node)}</span>
      <span dir="auto" className="truncate font-medium text-ink">{names.title(node)}</span>
    </>
  );
  const href = hrefOf(node);
  const rest = { className: shape, style: place, dir: i18n.dir(), title: node.title || node.ref };
  return <li>{href.startsWith("/blob/") ? <a href={href} {...rest}>{inside}</a> : <Link to={href} {...rest}>{inside}</Link>}</li>;
}

function Lines({ drawing, mirrored }: { drawing: Drawing; mirrored: boolean }) {
  const { width, height } = boxSize;
  return (
    <svg aria-hidden="true" width={drawing.width} height={drawing.height} className={`absolute inset-0 text-line-strong ${mirrored ? "-scale-x-100" : ""}`}>
      {drawing.lines.map(({ edge, from, to }) => {
        const [x, y, u, v] = [from.x + width, from.y + height / 2, to.x - 7, to.y + height / 2];
        const bend = Math.max(24, (u - x) / 2);
        return (
          <g key={`${edge.from} ${edge.to}`} fill="none" stroke="currentColor" strokeWidth={1.5}>
            <path d={`M${x} ${y}C${x + bend} ${y} ${u - bend} ${v} ${u} ${v}`} />
            <path d={`M${u} ${v - 4}l7 4-7 4Z`} fill="currentColor" stroke="none" />
          </g>
        );
      })}
    </svg>
  );
}

function LineageTable({ drawing }: { drawing: Drawing }) {
  const { t } = useTranslation("dataset");
  const names = useNames();
  const cell = (node: Node) => (
    <>
      <span className="text-muted">{names.kind(node)}</span> <bdi>{names.title(node)}</bdi>
    </>
  );
  const columns: Column<Drawing["lines"][number]>[] = [
    { key: "from", header: t("lineage.from"), cell: (l) => cell(l.from.node) },
    { key: "relation", header: t("lineage.relation.title"), cell: (l) => names.relation(l.edge.relation) },
    { key: "to", header: t("lineage.to"), cell: (l) => cell(l.to.node) },
  ];
  return <Table caption={t("lineage.title")} columns={columns} rows={drawing.lines} rowKey={(l) => `${l.edge.from} ${l.edge.to}`} />;
}
