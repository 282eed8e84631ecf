import type { Mask } from "@/records/form";
import type { Point, Size } from "../plane/view";

/**
 * A mask while it is edited: for each column of the picture the stretches that
 * are in, as start, end, start, end … from the top, none touching the next.
 * That is what its run lengths say, column by column, so neither painting nor
 * encoding ever needs a pixel: a stroke over 8,000 columns of a large picture
 * costs as much as it has columns.
 */
export type Columns = readonly (readonly number[])[];

const none: readonly number[] = [];

export const emptyColumns = (width: number): Columns => Array.from({ length: width }, () => none);

/** Reads run lengths, column by column. */
export function decodeMask({ size: [h, w], counts }: Pick<Mask, "size" | "counts">): Columns {
  const columns: number[][] = Array.from({ length: w }, () => []);
  let at = 0;
  counts.forEach((run, i) => {
    if (i % 2 === 1) addRun(columns, at, at + run, h);
    at += run;
  });
  return columns;
}

/** Adds a run, which may go on over several columns. */
function addRun(columns: number[][], from: number, to: number, h: number) {
  for (let at = from; at < to; ) {
    const x = Math.floor(at / h);
    const end = Math.min(to, (x + 1) * h);
    columns[x]?.push(at - x * h, end - x * h);
    at = end;
  }
}

/** Spells run lengths: the first counts what is out. */
export function encodeMask(columns: Columns, height: number): number[] {
  const counts: number[] = [];
  let end = 0; // of what is counted
  let open = 0; // start of the last run that is in
  const close = (from: number) => {
    if (end > open) counts.push(end - open);
    counts.push(from - end);
    open = from;
  };
  columns.forEach((spans, x) => {
    for (let i = 0; i < spans.length; i += 2) {
      const from = x * height + (spans[i] ?? 0);
      if (from !== end || counts.length === 0) close(from);
      end = x * height + (spans[i + 1] ?? 0);
    }
  });
  if (end > open) counts.push(end - open);
  const rest = columns.length * height - end;
  if (rest > 0) counts.push(rest);
  return counts;
}

/** The union of stretches with one more. */
function joined(spans: readonly number[], from: number, to: number): number[] {
  const out: number[] = [];
  let [a, b] = [from, to];
  let placed = false;
  for (let i = 0; i < spans.length; i += 2) {
    const s = spans[i] ?? 0;
    const e = spans[i + 1] ?? 0;
    if (e < a) out.push(s, e);
    else if (s > b) {
      if (!placed) out.push(a, b);
      placed = true;
      out.push(s, e);
    } else {
      a = Math.min(a, s);
      b = Math.max(b, e);
    }
  }
  if (!placed) out.push(a, b);
  return out;
}

/** What is left of stretches without one. */
function cut(spans: readonly number[], from: number, to: number): number[] {
  const out: number[] = [];
  for (let i = 0; i < spans.length; i += 2) {
    const s = spans[i] ?? 0;
    const e = spans[i + 1] ?? 0;
    if (s < Math.min(e, from)) out.push(s, Math.min(e, from));
    if (Math.max(s, to) < e) out.push(Math.max(s, to), e);
  }
  return out;
}

/** Rows of one column that a stroke touches. */
export interface Stretch { x: number; from: number; to: number }

/** The mask with stretches added, or taken away. */
export function painted(columns: Columns, stretches: Iterable<Stretch>, size: Size, how: "add" | "erase"): Columns {
  const next = [...columns];
  const apply = how === "erase" ? cut : joined;
  for (const { x, from, to } of stretches) {
    const a = Math.max(from, 0);
    const b = Math.min(to, size.h);
    const spans = next[x];
    if (spans && a < b) next[x] = apply(spans, a, b);
  }
  return next;
}

/**
 * The pixels whose middle lies within a brush drawn from a to b. A brush is
 * convex, so each column has at most one stretch.
 */
export function* stroke(a: Point, b: Point, radius: number): Generator<Stretch> {
  const [l, r] = a.x < b.x ? [a, b] : [b, a];
  const first = Math.ceil(l.x - radius - 0.5);
  const last = Math.floor(r.x + radius - 0.5);
  for (let x = first; x <= last; x++) {
    const rows = capsule(l, r, radius, x + 0.5);
    if (!rows) continue;
    const from = Math.ceil(rows[0] - 0.5);
    const to = Math.floor(rows[1] - 0.5) + 1;
    if (from < to) yield { x, from, to };
  }
}

/** Where the upright line at x meets the shape around a line from l to r. */
function capsule(l: Point, r: Point, radius: number, x: number): [number, number] | undefined {
  let low = Infinity;
  let high = -Infinity;
  const take = (y: number) => {
    low = Math.min(low, y);
    high = Math.max(high, y);
  };
  for (const c of [l, r]) {
    const rest = radius * radius - (x - c.x) ** 2;
    if (rest < 0) continue;
    take(c.y - Math.sqrt(rest));
    take(c.y + Math.sqrt(rest));
  }
  const long = Math.hypot(r.x - l.x, r.y - l.y);
  if (long > 0) {
    for (const side of [-1, 1]) {
      const dx = (-side * (r.y - l.y) * radius) / long;
      const dy = (side * (r.x - l.x) * radius) / long;
      const t = (x - l.x - dx) / (r.x - l.x);
      if (t >= 0 && t <= 1) take(l.y + dy + t * (r.y - l.y));
    }
  }
  return low <= high ? [low, high] : undefined;
}

/** The pixels whose middle lies within a ring, by the even-odd rule. */
export function* filled(ring: readonly Point[]): Generator<Stretch> {
  if (ring.length < 3) return;
  const xs = ring.map((p) => p.x);
  const last = Math.floor(Math.max(...xs) - 0.5);
  for (let x = Math.ceil(Math.min(...xs) - 0.5); x <= last; x++) {
    const ys = crossings(ring, x + 0.5);
    for (let i = 0; i + 1 < ys.length; i += 2) {
      const from = Math.ceil((ys[i] ?? 0) - 0.5);
      const to = Math.floor((ys[i + 1] ?? 0) - 0.5) + 1;
      if (from < to) yield { x, from, to };
    }
  }
}

function crossings(ring: readonly Point[], x: number): number[] {
  const ys: number[] = [];
  let a = ring.at(-1);
  for (const b of ring) {
    if (a && a.x > x !== b.x > x) ys.push(a.y + ((x - a.x) * (b.y - a.y)) / (b.x - a.x));
    a = b;
  }
  return ys.sort((p, q) => p - q);
}

/** Whether a pixel is in. */
export function isIn(columns: Columns, x: number, y: number): boolean {
  const spans = columns[x] ?? none;
  for (let i = 0; i < spans.length; i += 2) if (y >= (spans[i] ?? 0) && y < (spans[i + 1] ?? 0)) return true;
  return false;
}

/** How many pixels are in. */
export function area(counts: readonly number[]): number {
  return counts.reduce((sum, run, i) => (i % 2 === 1 ? sum + run : sum), 0);
}
