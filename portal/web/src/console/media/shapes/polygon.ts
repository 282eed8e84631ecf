import type { Polygon } from "@/records/form";
import { bounds } from "@/records/bounds";
import { toPixels } from "@/records/units";
import { middle, place } from "../plane/geometry";
import type { Point } from "../plane/view";
import type { Handle, Shape } from "./shape";

type Pair = [number, number];

const outline = (r: Polygon): Point[] => r.points.map(([x, y]) => ({ x: toPixels(x), y: toPixels(y) }));
const pair = (p: Point): Pair => [place(p.x), place(p.y)];
const same = (a: Pair | undefined, b: Pair | undefined) => a !== undefined && b !== undefined && a[0] === b[0] && a[1] === b[1];

/** Drops points that repeat the one before, around the ring too. */
export function withoutRepeats(points: readonly Pair[]): Pair[] {
  const kept = points.filter((p, i) => !same(p, points[i - 1]));
  while (kept.length > 1 && same(kept[0], kept.at(-1))) kept.pop();
  return kept;
}

/** Handles 0 to n-1 are the corners, n to 2n-1 the middles after each. */
function handles(r: Polygon): Handle[] {
  const ring = outline(r);
  const corners = ring.map((at): Handle => ({ at, kind: "corner", cursor: "move" }));
  const middles = ring.map((p, i): Handle => ({ at: middle(p, ring[(i + 1) % ring.length] ?? p), kind: "middle", cursor: "copy" }));
  return r.points.length < bounds.points ? [...corners, ...middles] : corners;
}

function drag(r: Polygon, handle: number, to: Point): Polygon {
  const n = r.points.length;
  if (handle < n) return { ...r, points: r.points.map((p, i) => (i === handle ? pair(to) : p)) };
  return { ...r, points: r.points.toSpliced(handle - n + 1, 0, pair(to)) };
}

function draw(label: string, points: readonly Point[]): Polygon | undefined {
  const ring = withoutRepeats(points.map(pair));
  return ring.length < 3 ? undefined : { label, points: ring };
}

export const polygonShape: Shape<Polygon> = {
  outline,
  handles,
  drag,
  move: (r, by) => ({ ...r, points: r.points.map(([x, y]): Pair => [place(toPixels(x) + by.x), place(toPixels(y) + by.y)]) }),
  draw,
  points: Infinity,
  without: (r, handle) =>
    r.points.length > 3 && handle < r.points.length ? { ...r, points: r.points.toSpliced(handle, 1) } : undefined,
  fields: [],
};

/** Reads "x, y" lines, in pixels; undefined: some line is none, or there are too few. */
export function parsePoints(text: string): Pair[] | undefined {
  const lines = text.split("\n").map((l) => l.trim()).filter((l) => l !== "");
  const pairs = lines.map((l) => l.split(/[\s,;]+/).map(Number));
  if (pairs.some((p) => p.length !== 2 || !p.every(Number.isFinite))) return undefined;
  const ring = withoutRepeats(pairs.map(([x = 0, y = 0]) => pair({ x, y })));
  return ring.length < 3 || ring.length > bounds.points ? undefined : ring;
}

export const spellPoints = (r: Polygon): string =>
  outline(r).map((p) => `${String(p.x)}, ${String(p.y)}`).join("\n");
