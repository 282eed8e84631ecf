import type { Camera as Lens, Cuboid } from "@/records/form";
import { lookOf, type Look } from "../../media/labels";
import type { Painter } from "../../media/plane/painter";
import { around, inside } from "../../media/plane/geometry";
import { toScreen, type Point } from "../../media/plane/view";
import { outline, tag } from "../../media/shapes/paint";
import { projected } from "./camera";

/** What is drawn of cuboids where they are seen in depth. */
export interface Solids {
  cuboids: readonly Cuboid[];
  selected: Cuboid | undefined;
  looks: ReadonlyMap<string, Look>;
  dashed: boolean;
  /** A cuboid while it is dragged in another view. */
  edited: () => { old: Cuboid; now: Cuboid } | undefined;
}

export type Edges = [Point, Point][];

/** The smallest ring that holds a drawing: good enough to be clicked. */
const ringOf = (edges: Edges): Point[] => {
  const { from, w, h } = around(edges.flat());
  return [from, { x: from.x + w, y: from.y }, { x: from.x + w, y: from.y + h }, { x: from.x, y: from.y + h }];
};

/** Draws cuboids as their edges; the front is marked by a cross. */
export function paintSolids(ctx: CanvasRenderingContext2D, { cuboids, selected, looks, dashed, edited }: Solids, project: (c: Cuboid) => Edges) {
  const live = edited();
  for (const c of cuboids) {
    const edges = project(live?.old === c ? live.now : c);
    if (edges.length === 0) continue;
    const look = lookOf(looks, c.label);
    ctx.beginPath();
    for (const [a, b] of edges) {
      ctx.moveTo(a.x, a.y);
      ctx.lineTo(b.x, b.y);
    }
    if (edges.length === 12) front(ctx, edges);
    outline(ctx, look.color, c === selected ? 3 : 1.5, dashed);
    tag(ctx, around(edges.flat()).from, look, look.name);
  }
}

/** A cross over the front, whose edges come first. */
function front(ctx: CanvasRenderingContext2D, edges: Edges) {
  const [a, b, c, d] = edges.slice(0, 4).map(([p]) => p);
  if (!a || !b || !c || !d) return;
  ctx.moveTo(a.x, a.y);
  ctx.lineTo(c.x, c.y);
  ctx.moveTo(b.x, b.y);
  ctx.lineTo(d.x, d.y);
}

/** The cuboid drawn smallest under a place. */
export function solidAt(cuboids: readonly Cuboid[], at: Point, project: (c: Cuboid) => Edges): Cuboid | undefined {
  const hits = cuboids.flatMap((c) => {
    const edges = project(c);
    if (edges.length === 0 || !inside(at, ringOf(edges))) return [];
    const { w, h } = around(edges.flat());
    return [{ c, area: w * h }];
  });
  return hits.sort((a, b) => a.area - b.area)[0]?.c;
}

/** A painter of cuboids on the picture of a camera. */
export function lensPainter(solids: Solids, lens: Lens): Painter {
  return (ctx, view) =>
    paintSolids(ctx, solids, (c) => projected(lens, c).map(([a, b]) => [toScreen(view, a), toScreen(view, b)]));
}
