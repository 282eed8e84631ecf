import type { Point, Size } from "../plane/view";

/** Something to take hold of, in pixels of the picture. */
export interface Handle {
  at: Point;
  cursor: string;
  /** A middle makes a new corner when dragged. */
  kind: "corner" | "edge" | "turn" | "middle";
  /** It stands this way off its place, by the same distance on any zoom. */
  away?: Point;
}

/** CSS pixels that a handle stands off. */
const off = 28;

/** Where a handle is at a scale. */
export function standsAt({ at, away }: Handle, scale: number): Point {
  return away ? { x: at.x + (away.x * off) / scale, y: at.y + (away.y * off) / scale } : at;
}

/** A number of a region that can be typed. */
export interface NumberField<R> {
  /** Key of its name in the catalogue: "field.x". */
  name: string;
  get: (region: R) => number;
  set: (region: R, value: number) => R;
  min?: number;
  step: number;
}

/**
 * What the drawing tools must know of one kind of region. Every function
 * answers with a new region in whole units; none changes what it was given.
 */
export interface Shape<R> {
  /** Its outline in pixels; a single point for a place. */
  outline: (region: R) => Point[];
  handles: (region: R) => Handle[];
  /** The region after a handle, by its index, was dragged to a place. */
  drag: (region: R, handle: number, to: Point) => R;
  /** The region moved by a way in pixels. */
  move: (region: R, by: Point) => R;
  /** The region between the points set so far; undefined: not yet one. */
  draw: (label: string, points: readonly Point[]) => R | undefined;
  /** After how many points it is done; Infinity: when its ring is closed. */
  points: number;
  /** The region grown by a way in pixels at its far corner, where it has a size. */
  grow?: (region: R, by: Point) => R;
  /** The region without a corner; undefined: it needs them all. */
  without?: (region: R, handle: number) => R | undefined;
  fields: readonly NumberField<R>[];
}

export const withinPicture = (p: Point, size: Size): Point => ({
  x: Math.min(Math.max(p.x, 0), size.w),
  y: Math.min(Math.max(p.y, 0), size.h),
});
