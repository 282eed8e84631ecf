import { plainControl } from "@/records/check";
import { encodeForm } from "@/records/answer";
import type { Form, FormValue, Item, Spec } from "@/records/form";
import { own } from "@/records/own";
import type { Answer, FlagReason, Origin, SkipReason } from "@/records/submission";

/** What a contributor has said of one item so far. */
export interface Entry {
  value: FormValue;
  skip?: SkipReason;
  flags?: FlagReason[];
  /** In words, to a skip or a flag. */
  note?: string;
  /** Controls whose guess was taken over as it was. */
  accepted?: string[];
}

export const emptyEntry: Entry = { value: {} };

/** Where an item stands. */
export type Standing = "open" | "started" | "answered" | "skipped";

/** Whether nothing was said yet. */
export function isEmpty(value: FormValue): boolean {
  return Object.values(value).every((v) => v === undefined);
}

/** Sets the value of one control; undefined takes it away. */
export function withValue(entry: Entry, control: string, value: FormValue[string] | undefined): Entry {
  const others = Object.entries(entry.value).filter(([name]) => name !== control);
  return { ...entry, value: Object.fromEntries(value === undefined ? others : [...others, [control, value]]) };
}

/** Takes over the guesses for controls that were not answered. */
export function accept(entry: Entry, form: Form, item: Item, only?: string): Entry {
  const guess = item.data?.prelabels?.value ?? {};
  const open = form.controls
    .map((c) => c.name)
    .filter((name) => own(guess, name) !== undefined && own(entry.value, name) === undefined && (!only || only === name));
  const value = { ...entry.value, ...Object.fromEntries(open.map((name) => [name, guess[name]])) } as FormValue;
  return { ...entry, value, accepted: [...new Set([...(entry.accepted ?? []), ...open])] };
}

function originOf(entry: Entry, form: Form, item: Item): Origin | undefined {
  if (!entry.accepted?.length) return undefined;
  const guess = item.data?.prelabels?.value ?? {};
  return encodeForm(form, guess) === encodeForm(form, entry.value) ? "prediction" : "prediction-changed";
}

/** The line of the submission for an item. */
export function answerOf(spec: Spec, form: Form, item: Item, entry: Entry, ms: number): Answer {
  const { skip, flags, note } = entry;
  const common = { item: item.id, ms: Math.max(1, Math.round(ms)), ...(flags?.length && { flags }) };
  const noted = note && (skip || flags?.length) ? { note } : {};
  if (skip) return { ...common, ...noted, skip };
  const origin = originOf(entry, form, item);
  const said = spec.form ? { value: entry.value } : { label: String(entry.value[plainControl]) };
  return { ...common, ...noted, ...said, ...(origin && { origin }) };
}
