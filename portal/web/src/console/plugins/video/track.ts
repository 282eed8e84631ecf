import type { Box, Keyframe, Track } from "@/records/form";
import { halfEven } from "@/records/units";

/** Where a track is at a frame, and how it got there. */
export interface At { box: Box; out: boolean; key: boolean }

type Place = Pick<Keyframe, "x" | "y" | "w" | "h">;

const boxOf = (label: string, { x, y, w, h }: Place): Box => ({ label, x, y, w, h });

/** The last keyframe at or before a frame; -1: none. */
export function before(track: Track, f: number): number {
  let low = 0;
  let high = track.frames.length;
  while (low < high) {
    const mid = (low + high) >> 1;
    if ((track.frames[mid]?.f ?? Infinity) <= f) low = mid + 1;
    else high = mid;
  }
  return low - 1;
}

/** Where a track is at a frame; undefined: it has not begun. */
export function at(track: Track, f: number): At | undefined {
  const i = before(track, f);
  const a = track.frames[i];
  if (!a) return undefined;
  const b = track.frames[i + 1];
  if (a.f === f || a.out || !b) return { box: boxOf(track.label, a), out: a.out === true, key: a.f === f };
  const t = (f - a.f) / (b.f - a.f);
  const mix = (p: number, q: number) => halfEven(p + (q - p) * t);
  const between = { x: mix(a.x, b.x), y: mix(a.y, b.y), w: mix(a.w, b.w), h: mix(a.h, b.h) };
  return { box: boxOf(track.label, between), out: false, key: false };
}

/** The track with a keyframe, in the place of one that was there. */
export function withKey(track: Track, key: Keyframe): Track {
  const frames = [...track.frames.filter((k) => k.f !== key.f), key].sort((a, b) => a.f - b.f);
  return { ...track, frames };
}

/** The track moved to a box at a frame: that makes a keyframe. */
export function placed(track: Track, f: number, { x, y, w, h }: Place): Track {
  const out = at(track, f)?.out ?? false;
  return withKey(track, { f, x, y, w, h, ...(out && { out: true as const }) });
}

/** The track that leaves the picture at a frame, or comes back. */
export function toggledOut(track: Track, f: number): Track {
  const now = at(track, f);
  if (!now) return track;
  const { x, y, w, h } = now.box;
  return withKey(track, { f, x, y, w, h, ...(!now.out && { out: true as const }) });
}

/** The track with a keyframe made of where it is, or without the one it has; undefined: none is left. */
export function toggledKey(track: Track, f: number): Track | undefined {
  const now = at(track, f);
  if (!now) return track;
  if (!now.key) return placed(track, f, now.box);
  const frames = track.frames.filter((k) => k.f !== f);
  return frames.length > 0 ? { ...track, frames } : undefined;
}

/** The next keyframe after a frame, or the one before it. */
export function neighbour(track: Track, f: number, way: 1 | -1): number | undefined {
  const keys = track.frames.map((k) => k.f);
  return way > 0 ? keys.find((k) => k > f) : keys.findLast((k) => k < f);
}

/** The stretches of frames in which a track is to be seen. */
export function seen(track: Track, last: number): { from: number; to: number }[] {
  const parts: { from: number; to: number }[] = [];
  track.frames.forEach((k, i) => {
    if (k.out) return;
    const to = track.frames[i + 1]?.f ?? last + 1;
    const open = parts.at(-1);
    if (open && open.to === k.f) open.to = to;
    else parts.push({ from: k.f, to });
  });
  return parts;
}
