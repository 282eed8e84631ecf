import type { Interval } from "@/records/form";
import { bounds } from "@/records/bounds";
import { clamp } from "../plane/geometry";
import type { Window } from "./window";

/** What of an interval is held. */
export type Part = "start" | "end" | "whole";

const integer = (n: number) => clamp(Math.round(n), -bounds.time, bounds.time);

/** The interval between two times, whichever comes first. */
export function between(label: string, a: number, b: number, all: Window): Interval {
  const from = clamp(Math.min(a, b), all.from, all.to);
  const to = clamp(Math.max(a, b), all.from, all.to);
  return { label, start: integer(from), end: integer(to) };
}

/** The interval with a part moved to a time; ends that cross change places. */
export function dragged(r: Interval, part: Part, by: number, all: Window): Interval {
  if (part === "whole") {
    const way = clamp(by, all.from - r.start, all.to - r.end);
    return { ...r, start: integer(r.start + way), end: integer(r.end + way) };
  }
  const [moved, other] = part === "start" ? [r.start + by, r.end] : [r.end + by, r.start];
  const { start, end } = between(r.label, moved, other, all);
  return { ...r, start, end };
}

/** An interval under a time and what of it; ends are held within the reach. */
export function hit(
  intervals: readonly Interval[], time: number, reach: number, first?: Interval,
): { interval: Interval; part: Part } | undefined {
  const order = first ? [first, ...intervals.filter((i) => i !== first)] : intervals;
  for (const interval of order) {
    if (Math.abs(time - interval.end) <= reach) return { interval, part: "end" };
    if (Math.abs(time - interval.start) <= reach) return { interval, part: "start" };
  }
  const shortest = order
    .filter((i) => i.start <= time && time <= i.end)
    .reduce<Interval | undefined>((best, i) => (best && best.end - best.start <= i.end - i.start ? best : i), undefined);
  return shortest && { interval: first && first.start <= time && time <= first.end ? first : shortest, part: "whole" };
}

/** Puts intervals in the order in which they begin. */
export const byTime = (a: Interval, b: Interval) => a.start - b.start || a.end - b.end;

/** A row for each interval, so that no two in a row overlap; in the order given. */
export function rows(intervals: readonly Interval[]): number[] {
  const ends: number[] = [];
  const row = new Map<Interval, number>();
  for (const i of intervals.toSorted(byTime)) {
    const free = ends.findIndex((end) => end <= i.start);
    const at = free < 0 ? ends.length : free;
    ends[at] = Math.max(i.end, i.start + 1);
    row.set(i, at);
  }
  return intervals.map((i) => row.get(i) ?? 0);
}
