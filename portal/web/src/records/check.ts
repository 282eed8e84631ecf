import { bounds } from "./bounds";
import type { Control, Form, Label, Spec } from "./form";
import { kinds } from "./kind";
import { mostOf } from "./plain";
import { Refusal, within } from "./refusal";
import { byteLength } from "./spell";

const particular: (keyof Control)[] = [
  "labels", "min", "max", "step", "decimals", "relations", "options", "unit", "max_length",
];
const bare: readonly (keyof Control)[] = ["min", "max"];

/** Whether a control has a field that not every type takes. */
function given(control: Control, field: keyof Control): boolean {
  const value = control[field];
  if (Array.isArray(value)) return value.length > 0;
  return bare.includes(field) ? value !== undefined : Boolean(value);
}

function checkSize(name: string, value: string | undefined, high: number, low = 0) {
  const size = byteLength(value ?? "");
  if (size < low || size > high) throw new Refusal("field", { name, value: size, high });
}

function checkWords(name: string, words: string[] = []) {
  if (words.length > bounds.labels) throw new Refusal("field", { name, value: words.length, high: bounds.labels });
  words.forEach((word, i) => {
    checkSize(name, word, bounds.word, 1);
    if (words.indexOf(word) < i) throw new Refusal("twice", { value: word });
  });
}

function checkLabel(label: Label, before: Set<string>) {
  checkSize(`label ${label.id}`, label.name, bounds.title);
  if (label.parent && !before.has(label.parent)) throw new Refusal("path", { value: label.parent });
  if (label.color && !/^#[0-9a-f]{6}$/.test(label.color)) throw new Refusal("type", { name: "color", value: label.color });
  before.add(label.id);
}

function checkNumbers(control: Control) {
  within("decimals", control.decimals ?? 0, 0, bounds.decimals);
  within("max_length", control.max_length ?? 0, 0, bounds.text);
  if (control.type === "rating") return within("max", control.max, 2, bounds.rating);
  const most = mostOf(control);
  within("min", control.min ?? -most, -most, most);
  within("max", control.max ?? most, (control.min ?? -most - 1) + 1, most);
  within("step", control.step ?? 0, 0, most);
}

/** Refuses a control that breaks a bound of core/answer. */
export function checkControl(control: Control) {
  if (!/^[a-z][a-z0-9_]{0,31}$/.test(control.name)) throw new Refusal("type", { name: "name", value: control.name });
  const kind = Object.hasOwn(kinds, control.type) ? kinds[control.type] : undefined;
  if (!kind) throw new Refusal("type", { name: "type", value: control.type });
  for (const field of particular) {
    const there = given(control, field);
    if (there && !kind.must.includes(field) && !kind.may.includes(field)) {
      throw new Refusal("unknown", { value: `${control.type}: ${field}` });
    }
    if (!there && kind.must.includes(field)) throw new Refusal("needs", { name: control.type, value: field });
  }
  checkSize("title", control.title, bounds.title);
  checkSize("hint", control.hint, bounds.hint);
  checkSize("target", control.target, bounds.word);
  checkSize("unit", control.unit, bounds.word);
  checkWords("label", control.labels?.map((l) => l.id));
  const before = new Set<string>();
  control.labels?.forEach((label) => checkLabel(label, before));
  checkWords("relation", control.relations);
  checkWords("option", control.options);
  if (control.options) within("options", control.options.length, 2, control.type === "preference" ? 2 : bounds.options);
  checkNumbers(control);
}

/** Refuses a form that breaks a bound of core/answer. */
export function checkForm(form: Form) {
  within("controls", form.controls.length, 1, bounds.controls);
  form.controls.forEach((control, i) => {
    checkControl(control);
    if (form.controls.findIndex((c) => c.name === control.name) < i) throw new Refusal("twice", { value: control.name });
  });
}

/** The control that a plain choice is shown as. */
export const plainControl = "label";

/** The form of a spec; that of a plain choice has one required control. */
export function formOf(spec: Spec): Form {
  if (spec.form) return spec.form;
  const labels = (spec.labels ?? []).map((id) => ({ id }));
  return { controls: [{ name: plainControl, type: "choice", labels, required: true }] };
}
