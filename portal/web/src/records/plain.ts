import { bounds } from "./bounds";
import type { Control, Values } from "./form";
import { Refusal, within } from "./refusal";
import { byteLength, compareText } from "./spell";
import { codePoints } from "./units";

/** Refuses a label that the control does not offer. */
export function offers(control: Control, label: string) {
  if (!control.labels?.some((l) => l.id === label)) throw new Refusal("label", { value: label });
}

export function checkChoices(control: Control, value: string[]) {
  value.forEach((id, i) => {
    offers(control, id);
    if (i > 0 && compareText(value[i - 1] as string, id) >= 0) throw new Refusal("order", { value: id });
  });
}

export function checkPath(control: Control, value: string[]) {
  if (value.length === 0) throw new Refusal("path", { value: "" });
  let parent = "";
  for (const id of value) {
    const label = control.labels?.find((l) => l.id === id);
    if (!label || (label.parent ?? "") !== parent) throw new Refusal("path", { value: id });
    parent = id;
  }
}

/** The largest size of a number: 10^9 of its unit. */
export function mostOf(control: Control): number {
  return 1e9 * 10 ** (control.decimals ?? 0);
}

/** The lowest and the highest number that a control takes. */
export function rangeOf(control: Control): [low: number, high: number] {
  const most = mostOf(control);
  return [control.min ?? -most, control.max ?? most];
}

export function checkNumber(control: Control, value: number) {
  within("number", value, ...rangeOf(control));
  const step = control.step ?? 0;
  const from = control.min ?? 0;
  if (step > 0 && (value - from) % step !== 0) throw new Refusal("step", { value, step, from });
}

/** Refuses a text beyond its bounds; most is counted in code points, 0: none. */
export function checkText(value: string, most = 0) {
  const bytes = byteLength(value);
  if (bytes > bounds.text) throw new Refusal("size", { value: bytes, high: bounds.text });
  const points = codePoints(value);
  if (most > 0 && points > most) throw new Refusal("length", { value: points, high: most });
}

export function checkPreference(value: string) {
  if (!["left", "right", "tie"].includes(value)) throw new Refusal("type", { name: "preference", value });
}

export function checkRanking(control: Control, value: Values["ranking"]) {
  const options = control.options ?? [];
  const all = value.length === options.length && new Set(value).size === value.length;
  if (!all || !value.every((key) => options.includes(key))) throw new Refusal("ranking", { value: value.join(", ") });
}
