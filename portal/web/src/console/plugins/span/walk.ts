import type { Stretch } from "./passage";

/** The words marked out by keys: from the one that shift held on to, to the one walked to. */
export interface Walk {
  anchor: number;
  focus: number;
}

/** Where an arrow key leads in a text of some words; undefined for other keys. */
export function walk(before: Walk | undefined, key: string, { shift, rtl, count }: { shift: boolean; rtl: boolean; count: number }): Walk | undefined {
  const forward = rtl ? -1 : 1;
  const steps: Record<string, number> = { ArrowRight: forward, ArrowLeft: -forward, Home: -count, End: count };
  const step = steps[key];
  if (step === undefined || count === 0) return undefined;
  const from = before?.focus ?? (step > 0 ? -1 : count);
  const focus = Math.min(count - 1, Math.max(0, from + step));
  return { focus, anchor: shift && before ? before.anchor : focus };
}

/** The stretch that a walk has marked out. */
export function walked(words: Stretch[], { anchor, focus }: Walk): Stretch | undefined {
  const ends = [words[anchor], words[focus]].filter((w) => w !== undefined);
  if (ends.length === 0) return undefined;
  return { start: Math.min(...ends.map((w) => w.start)), end: Math.max(...ends.map((w) => w.end)) };
}
