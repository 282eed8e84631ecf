import type { Span } from "@/records/form";
import { type Passage, type Stretch, toStretch } from "./passage";

/** A span of a passage in the lane its line is drawn in: overlapping ones have lanes of their own. */
export interface Laid extends Stretch {
  /** Its place in the value. */
  index: number;
  label: string;
  lane: number;
}

/** A part of a passage that the same spans cover. */
export interface Segment {
  start: number;
  end: number;
  covered: Laid[];
}

/** Gives each span of a passage the lowest lane that is free. */
export function lay(passage: Passage, spans: Span[]): Laid[] {
  const ends: number[] = [];
  return spans.flatMap((span, index) => {
    if (span.turn !== passage.turn) return [];
    const { start, end } = toStretch(passage, span);
    if (end <= start) return [];
    const free = ends.findIndex((e) => e <= start);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = end;
    return [{ index, label: span.label, turn: passage.turn, start, end, lane }];
  });
}

/** Cuts a passage wherever a span or a mark begins or ends. */
export function cut(text: string, laid: Laid[], marks: (Stretch | undefined)[] = []): Segment[] {
  const places = [...laid, ...marks.filter((m) => m !== undefined)].flatMap((s) => [s.start, s.end]);
  const sorted = [...new Set([0, ...places, text.length])].filter((p) => p >= 0 && p <= text.length).sort((a, b) => a - b);
  return sorted.slice(1).map((end, i) => {
    const start = sorted[i] as number;
    return { start, end, covered: laid.filter((s) => s.start <= start && s.end >= end) };
  });
}
