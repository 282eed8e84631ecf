import { MediaFault } from "../../media/fault";

/** Points as they are drawn: metres, and how bright each came back, 0 to 1. */
export interface Cloud {
  positions: Float32Array<ArrayBuffer>;
  /** Empty: the file does not say. */
  intensity: Float32Array<ArrayBuffer>;
  low: [number, number, number];
  high: [number, number, number];
  /** Where each tile of the ground begins among the points; what is off the screen need not be drawn. */
  tiles: Uint32Array<ArrayBuffer>;
}

/** Points that one cloud may have. */
export const maxPoints = 5_000_000;

/** Refuses more points than a browser can hold, or than the bytes can say. */
export function checkCount(count: number, room: number) {
  if (!Number.isSafeInteger(count) || count < 1) throw new MediaFault("broken", { why: `${String(count)} points` });
  if (count > maxPoints) throw new MediaFault("huge", { value: count, bound: maxPoints });
  if (count > room) throw new MediaFault("broken", { why: `${String(count)} points, bytes for ${String(Math.floor(room))}` });
}

/** Reads a number of a point by its index. */
export type Read = (index: number) => number;

/** Gathers points, drops those that are not anywhere, and mixes their order. */
export function gather(count: number, at: readonly [Read, Read, Read], brightness?: Read): Cloud {
  const positions = new Float32Array(count * 3);
  const intensity = new Float32Array(brightness ? count : 0);
  let n = 0;
  for (let i = 0; i < count; i++) {
    const x = at[0](i);
    const y = at[1](i);
    const z = at[2](i);
    if (!near(x) || !near(y) || !near(z)) continue;
    positions.set([x, y, z], n * 3);
    if (brightness) intensity[n] = brightness(i) || 0;
    n++;
  }
  if (n === 0) throw new MediaFault("broken", { why: "no points" });
  return finished(positions.slice(0, n * 3), intensity.slice(0, brightness ? n : 0));
}

/** Places beyond a hundred kilometres are errors of the sensor. */
const near = (n: number) => Math.abs(n) <= 100_000;

function finished(positions: Float32Array<ArrayBuffer>, intensity: Float32Array<ArrayBuffer>): Cloud {
  mix(positions, intensity);
  scale(intensity);
  const low: Cloud["low"] = [Infinity, Infinity, Infinity];
  const high: Cloud["high"] = [-Infinity, -Infinity, -Infinity];
  for (let i = 0; i < positions.length; i++) {
    const axis = i % 3;
    const n = positions[i] ?? 0;
    if (n < (low[axis] ?? 0)) low[axis] = n;
    if (n > (high[axis] ?? 0)) high[axis] = n;
  }
  return { ...tiled(positions, intensity), low, high };
}

/** Tiles along each side of the ground. */
const across = 12;

/** Sorts points by the tile they lie in; those of a tile keep their order. */
function tiled(positions: Float32Array<ArrayBuffer>, intensity: Float32Array<ArrayBuffer>) {
  const count = positions.length / 3;
  const [column, row] = [cells(positions, 0), cells(positions, 1)];
  const tile = Uint16Array.from({ length: count }, (_, i) => row(i) * across + column(i));
  const tiles = new Uint32Array(across * across + 1);
  for (const t of tile) tiles[t + 1] = (tiles[t + 1] ?? 0) + 1;
  for (let t = 1; t < tiles.length; t++) tiles[t] = (tiles[t] ?? 0) + (tiles[t - 1] ?? 0);
  const next = tiles.slice();
  const sorted = new Float32Array(positions.length);
  const bright = new Float32Array(intensity.length);
  tile.forEach((t, i) => {
    const to = next[t] ?? 0;
    next[t] = to + 1;
    sorted.set(positions.subarray(i * 3, i * 3 + 3), to * 3);
    if (bright.length > 0) bright[to] = intensity[i] ?? 0;
  });
  return { positions: sorted, intensity: bright, tiles };
}

/** The tile of a point along an axis; strays belong to the outermost. */
function cells(positions: Float32Array, axis: number): (i: number) => number {
  const sample = Float32Array.from({ length: Math.min(5_000, positions.length / 3) }, (_, i) => positions[i * 3 + axis] ?? 0).sort();
  const at = (share: number) => sample[Math.floor(share * (sample.length - 1))] ?? 0;
  const [low, high] = [at(0.02), at(0.98)];
  const size = Math.max(high - low, 1) / across;
  return (i) => Math.min(Math.max(Math.floor(((positions[i * 3 + axis] ?? 0) - low) / size), 0), across - 1);
}

/** Any first part of the points, or of those of a tile, is then a fair sample, to draw while the view moves. */
function mix(positions: Float32Array, intensity: Float32Array) {
  let state = 1;
  for (let i = positions.length / 3 - 1; i > 0; i--) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const j = Math.floor((state / 2 ** 32) * (i + 1));
    for (let k = 0; k < 3; k++) swap(positions, i * 3 + k, j * 3 + k);
    if (intensity.length > 0) swap(intensity, i, j);
  }
}

function swap(list: Float32Array, i: number, j: number) {
  const kept = list[i] ?? 0;
  list[i] = list[j] ?? 0;
  list[j] = kept;
}

/** Brings brightness to 0 to 1. */
function scale(intensity: Float32Array) {
  let high = 0;
  for (const n of intensity) if (n > high && n < Infinity) high = n;
  if (high <= 1) return;
  for (let i = 0; i < intensity.length; i++) intensity[i] = (intensity[i] ?? 0) / high;
}
