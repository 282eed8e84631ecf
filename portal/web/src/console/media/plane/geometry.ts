import { bounds } from "@/records/bounds";
import { fromPixels } from "@/records/units";
import type { Point } from "./view";

export const clamp = (n: number, low: number, high: number) => Math.min(Math.max(n, low), high);

/** Pixels as a place of a record, within its bounds. */
export const place = (px: number): number => clamp(fromPixels(px), -bounds.place, bounds.place);

/** A length of a record: at least one unit. */
export const extent = (units: number): number => clamp(Math.round(units), 1, bounds.place);

/** Turns a vector clockwise on the screen. */
export function turn(p: Point, rad: number): Point {
  const c = Math.cos(rad);
  const s = Math.sin(rad);
  return { x: p.x * c - p.y * s, y: p.x * s + p.y * c };
}

export const add = (a: Point, b: Point): Point => ({ x: a.x + b.x, y: a.y + b.y });
export const sub = (a: Point, b: Point): Point => ({ x: a.x - b.x, y: a.y - b.y });
export const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
export const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

/** The distance of a point from the piece of a line between two others. */
export function fromLine(p: Point, a: Point, b: Point): number {
  const d = sub(b, a);
  const square = d.x * d.x + d.y * d.y;
  const t = square === 0 ? 0 : clamp(((p.x - a.x) * d.x + (p.y - a.y) * d.y) / square, 0, 1);
  return Math.hypot(p.x - a.x - t * d.x, p.y - a.y - t * d.y);
}

/** Whether a point lies within a ring, by the even-odd rule. */
export function inside(p: Point, ring: readonly Point[]): boolean {
  let odd = false;
  let a = ring.at(-1);
  for (const b of ring) {
    if (a && a.y > p.y !== b.y > p.y && p.x < ((b.x - a.x) * (p.y - a.y)) / (b.y - a.y) + a.x) odd = !odd;
    a = b;
  }
  return odd;
}

/** The smallest upright rectangle around points. */
export function around(points: readonly Point[]): { from: Point; w: number; h: number } {
  const xs = points.map((p) => p.x);
  const ys = points.map((p) => p.y);
  const from = { x: Math.min(...xs), y: Math.min(...ys) };
  return { from, w: Math.max(...xs) - from.x, h: Math.max(...ys) - from.y };
}
