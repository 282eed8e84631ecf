import type { Span, Turn } from "@/records/form";
import { codePoints, toCodePoints, toUnits } from "@/records/units";

/** A text that spans lie in: one, or a turn of a dialogue. Places in it are counted in UTF-16 units. */
export interface Passage {
  turn?: number;
  speaker?: string;
  text: string;
}

/** A stretch of a passage, in UTF-16 units. */
export interface Stretch {
  turn?: number;
  start: number;
  end: number;
}

export function passagesOf(data: string | Turn[]): Passage[] {
  if (typeof data === "string") return [{ text: data }];
  return data.map((turn, i) => ({ turn: i, speaker: turn.speaker, text: turn.text }));
}

/** A stretch as a span: in code points. */
export function toSpan(passage: Passage, stretch: Stretch, label: string): Span {
  const place = { start: toCodePoints(passage.text, stretch.start), end: toCodePoints(passage.text, stretch.end), label };
  return passage.turn === undefined ? place : { turn: passage.turn, ...place };
}

/** A span as a stretch of its passage. */
export function toStretch(passage: Passage, span: Span): Stretch {
  return { turn: passage.turn, start: toUnits(passage.text, span.start), end: toUnits(passage.text, span.end) };
}

/** The passage that a span or stretch lies in. */
export function passageOf(passages: Passage[], { turn }: { turn?: number }): Passage | undefined {
  return passages.find((p) => p.turn === turn);
}

/** Whether a span lies within its passage. */
export function fits(passages: Passage[], span: Span): boolean {
  const passage = passageOf(passages, span);
  return passage !== undefined && span.start >= 0 && span.start < span.end && span.end <= codePoints(passage.text);
}

/** What stands in a span. */
export function quote(passages: Passage[], span: Span): string {
  const passage = passageOf(passages, span);
  if (!passage) return "";
  const { start, end } = toStretch(passage, span);
  return passage.text.slice(start, end);
}

/** The words of a text in the manner of its language, and its emoji; signs and spaces are none. */
export function words(text: string): Stretch[] {
  const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });
  return Array.from(segmenter.segment(text))
    .filter((s) => s.isWordLike || /\p{Extended_Pictographic}/u.test(s.segment))
    .map((s) => ({ start: s.index, end: s.index + s.segment.length }));
}

/** The word at a place, or the one after it; the last one at the end. */
export function wordAt(all: Stretch[], place: number): number {
  const at = all.findIndex((w) => place < w.end);
  return at < 0 ? all.length - 1 : at;
}

/**
 * Leaves spaces at the ends of a stretch out, or widens it to whole words where
 * it touches any; undefined when nothing is left.
 */
export function snap(text: string, { turn, start, end }: Stretch, whole: boolean): Stretch | undefined {
  const touched = whole ? words(text).filter((w) => w.start < end && w.end > start) : [];
  const [first, last] = [touched[0], touched.at(-1)];
  if (first && last) return { turn, start: first.start, end: last.end };
  const inside = text.slice(start, end);
  const trimmed = inside.trim();
  if (!trimmed) return undefined;
  const from = start + inside.indexOf(trimmed);
  return { turn, start: from, end: from + trimmed.length };
}
