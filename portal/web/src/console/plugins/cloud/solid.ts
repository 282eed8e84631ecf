import type { Cuboid } from "@/records/form";
import { bounds } from "@/records/bounds";
import { fromMetres, fromRadians, toMetres, toRadians } from "@/records/units";
import { clamp } from "../../media/plane/geometry";

export type Vec = [number, number, number];

/** A cuboid in metres, with its heading worked out. */
export interface Solid { centre: Vec; half: Vec; cos: number; sin: number }

export function solid(c: Cuboid): Solid {
  const yaw = toRadians(c.yaw);
  return {
    centre: [toMetres(c.x), toMetres(c.y), toMetres(c.z)],
    half: [toMetres(c.l) / 2, toMetres(c.w) / 2, toMetres(c.h) / 2],
    cos: Math.cos(yaw),
    sin: Math.sin(yaw),
  };
}

/** Metres as a place of a record. */
export const place = (m: number) => clamp(fromMetres(m), -bounds.place, bounds.place);
/** Metres as a length of a record: a millimetre at least. */
export const extent = (m: number) => clamp(fromMetres(m), 1, bounds.place);

/** A place of the world on the cuboid's own axes: along, across to the left, up. */
export function toLocal(s: Solid, [x, y, z]: Vec): Vec {
  const dx = x - s.centre[0];
  const dy = y - s.centre[1];
  return [dx * s.cos + dy * s.sin, dy * s.cos - dx * s.sin, z - s.centre[2]];
}

export function toWorld(s: Solid, [a, b, c]: Vec): Vec {
  return [s.centre[0] + a * s.cos - b * s.sin, s.centre[1] + a * s.sin + b * s.cos, s.centre[2] + c];
}

/** The corners: four below, then four above, the first two of each in front. */
export function corners(c: Cuboid): Vec[] {
  const s = solid(c);
  const [l, w, h] = s.half;
  const ring: [number, number][] = [[l, w], [l, -w], [-l, -w], [-l, w]];
  return [-h, h].flatMap((up) => ring.map(([a, b]) => toWorld(s, [a, b, up])));
}

/** Pairs of corners that an edge joins; the first four are in front. */
export const edges: readonly [number, number][] = [
  [0, 1], [1, 5], [5, 4], [4, 0], [1, 2], [2, 3], [3, 0], [5, 6], [6, 7], [7, 4], [2, 6], [3, 7],
];

/** Calls back for every point within the cuboid's walls; z is on its own axis. */
function within(c: Cuboid, positions: Float32Array, each: (z: number) => void) {
  const s = solid(c);
  const [l, w] = s.half;
  for (let i = 0; i + 2 < positions.length; i += 3) {
    const dx = (positions[i] ?? 0) - s.centre[0];
    const dy = (positions[i + 1] ?? 0) - s.centre[1];
    if (Math.abs(dx * s.cos + dy * s.sin) <= l && Math.abs(dy * s.cos - dx * s.sin) <= w) each((positions[i + 2] ?? 0) - s.centre[2]);
  }
}

/** How many points are in the cuboid. */
export function count(c: Cuboid, positions: Float32Array): number {
  const half = toMetres(c.h) / 2;
  let n = 0;
  within(c, positions, (z) => {
    if (Math.abs(z) <= half) n++;
  });
  return n;
}

/** The cuboid made as high as the points within its walls, but for the strays. */
export function fitted(c: Cuboid, positions: Float32Array): Cuboid {
  const heights: number[] = [];
  within(c, positions, (z) => heights.push(z));
  if (heights.length < 2) return c;
  heights.sort((a, b) => a - b);
  const at = (share: number) => heights[Math.round(share * (heights.length - 1))] ?? 0;
  const [low, high] = [at(0.005), at(0.995)];
  return { ...c, z: place(toMetres(c.z) + (low + high) / 2), h: extent(high - low) };
}

/** The cuboid moved along its own axes, in metres. */
export function nudged(c: Cuboid, by: Vec): Cuboid {
  const [x, y, z] = toWorld(solid(c), by);
  return { ...c, x: place(x), y: place(y), z: place(z) };
}

export const turned = (c: Cuboid, rad: number): Cuboid => ({ ...c, yaw: fromRadians(toRadians(c.yaw) + rad) });
