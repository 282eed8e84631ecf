import type { Lineage } from "@/api/dataset";
import { groupBy } from "../group";

type Node = Lineage["nodes"][number];
type Edge = Lineage["edges"][number];

export interface Box {
  node: Node;
  x: number;
  y: number;
}

export interface Drawing {
  boxes: Box[];
  lines: { edge: Edge; from: Box; to: Box }[];
  width: number;
  height: number;
}

export const boxSize = { width: 176, height: 56 };
const gap = { x: 56, y: 20 };

/** How many steps lie at the most between a node and the origins; a cycle ends the count. */
function depths(nodes: readonly Node[], edges: readonly Edge[]): Map<string, number> {
  const depth = new Map(nodes.map((n) => [n.id, 0]));
  for (let turn = 0; turn < nodes.length; turn++) {
    let moved = false;
    for (const { from, to } of edges) {
      const next = (depth.get(from) ?? 0) + 1;
      if (depth.has(from) && (depth.get(to) ?? next) < next) {
        depth.set(to, next);
        moved = true;
      }
    }
    if (!moved) break;
  }
  return depth;
}

/** Origins stand right before what first came of them, not all at the start. */
function pulled(depth: Map<string, number>, edges: readonly Edge[]): Map<string, number> {
  const origins = [...depth].filter(([id]) => !edges.some((e) => e.to === id));
  for (const [id] of origins) {
    const after = edges.filter((e) => e.from === id).map((e) => depth.get(e.to) ?? 1);
    if (after.length > 0) depth.set(id, Math.min(...after) - 1);
  }
  return depth;
}

/** Lays a lineage out in layers, origins at the start, each layer in the middle of the height. */
export function layOut({ nodes, edges }: Lineage): Drawing {
  const depth = pulled(depths(nodes, edges), edges);
  const layers = groupBy(nodes, (n) => depth.get(n.id) ?? 0);
  const tallest = Math.max(1, ...[...layers.values()].map((l) => l.length));
  const last = Math.max(0, ...layers.keys());
  const step = { x: boxSize.width + gap.x, y: boxSize.height + gap.y };
  const height = tallest * step.y - gap.y;
  const boxes = [...layers].flatMap(([at, layer]) => {
    const top = (height - (layer.length * step.y - gap.y)) / 2;
    return layer.map((node, i) => ({ node, x: at * step.x, y: top + i * step.y }));
  });
  const byId = new Map(boxes.map((b) => [b.node.id, b]));
  const lines = edges.flatMap((edge) => {
    const [from, to] = [byId.get(edge.from), byId.get(edge.to)];
    return from && to ? [{ edge, from, to }] : [];
  });
  return { boxes, lines, width: (last + 1) * step.x - gap.x, height };
}
