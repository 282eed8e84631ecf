import { emptyEntry, type Entry } from "./entry";

/** One change of one item, that can be taken back. */
interface Step {
  item: string;
  before: Entry;
  after: Entry;
  /** What was done, and when: typing goes on in one step. */
  gesture?: string;
  at: number;
}

/** All that a contributor has done on a page. It is plain data: a draft keeps it whole. */
export interface Work {
  entries: Record<string, Entry>;
  past: Step[];
  future: Step[];
  /** The item in view. */
  item: string;
  /** Active time spent on each item. */
  ms: Record<string, number>;
}

/** Steps that are kept. */
export const maxSteps = 500;
/** Typing is one step until it pauses this long. */
const pause = 1_000;

export function newWork(first: string): Work {
  return { entries: {}, past: [], future: [], item: first, ms: {} };
}

export function entryOf(work: Work, item: string): Entry {
  return work.entries[item] ?? emptyEntry;
}

function put(work: Work, item: string, entry: Entry): Work {
  return { ...work, item, entries: { ...work.entries, [item]: entry } };
}

/** Changes an item. Changes of one gesture that follow each other closely are one step. */
export function change(work: Work, item: string, after: Entry, at: number, gesture?: string): Work {
  const last = work.past.at(-1);
  const goesOn = gesture && last?.gesture === gesture && last.item === item && at - last.at < pause;
  const step = { item, before: goesOn ? last.before : entryOf(work, item), after, at, ...(gesture && { gesture }) };
  const past = [...(goesOn ? work.past.slice(0, -1) : work.past), step].slice(-maxSteps);
  return { ...put(work, item, after), past, future: [] };
}

/** Takes the last change back and shows its item. */
export function undo(work: Work): Work {
  const step = work.past.at(-1);
  if (!step) return work;
  return { ...put(work, step.item, step.before), past: work.past.slice(0, -1), future: [...work.future, step] };
}

/** Does again what was taken back last. */
export function redo(work: Work): Work {
  const step = work.future.at(-1);
  if (!step) return work;
  const ended = { ...step, gesture: undefined };
  return { ...put(work, step.item, step.after), past: [...work.past, ended], future: work.future.slice(0, -1) };
}

/** Shows another item. */
export function show(work: Work, item: string): Work {
  return work.item === item ? work : { ...work, item };
}

/** Adds active time to an item. */
export function spend(work: Work, item: string, ms: number): Work {
  return { ...work, ms: { ...work.ms, [item]: (work.ms[item] ?? 0) + ms } };
}
