import { bounds } from "./bounds";
import type { Control, Form, FormValue, Value } from "./form";
import { own } from "./own";
import { type Kind, kinds } from "./kind";
import { Refusal } from "./refusal";
import { byteLength, quote, spell } from "./spell";

const kindOf = (control: Control) => kinds[control.type] as Kind<Value>;

/** Brings a value into its one order; refuses one of another type. */
export function canonical(control: Control, value: unknown): Value {
  const { tidy, sort } = kindOf(control);
  return sort(tidy(value));
}

/** Refuses a value that its control does not take, in or out of its order. */
export function check(control: Control, value: unknown) {
  kindOf(control).check(control, canonical(control, value));
}

/** The one spelling of a value. */
export function encode(control: Control, value: unknown): string {
  return spell(canonical(control, value));
}

/** Reads a value; refuses all that is not in its one spelling. */
export function parse(control: Control, text: string): Value {
  const size = byteLength(text);
  if (size > bounds.value) throw new Refusal("size", { value: size, high: bounds.value });
  const { tidy, check: hold } = kindOf(control);
  const value = tidy(decode(text));
  hold(control, value);
  if (spell(value) !== text) throw new Refusal("spelling", { value: text.slice(0, 80) });
  return value;
}

function decode(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal("spelling", { value: text.slice(0, 80) });
  }
}

/** The one spelling of a form's value: answered controls, in their order. */
export function encodeForm(form: Form, value: FormValue): string {
  const members = form.controls
    .map((c) => ({ c, given: own(value, c.name) }))
    .filter(({ given }) => given !== undefined)
    .map(({ c, given }) => `${quote(c.name)}:${encode(c, given)}`);
  return `{${members.join(",")}}`;
}

/** Reads the value of a form as parse does. */
export function parseForm(form: Form, text: string): FormValue {
  const value = decode(text) as FormValue;
  if (typeof value !== "object" || value === null) throw new Refusal("type", { name: "object", value: text.slice(0, 80) });
  const problem = problems(form, value)[0];
  if (problem) throw problem.refusal;
  if (encodeForm(form, value) !== text) throw new Refusal("spelling", { value: text.slice(0, 80) });
  return value;
}

/** What is wrong with which control; control "" is the whole form. */
export interface Problem {
  control: string;
  refusal: Refusal;
}

/** Everything that keeps a form's value from being submitted. */
export function problems(form: Form, value: FormValue): Problem[] {
  const found = form.controls.flatMap((control) => {
    const refusal = controlProblem(control, own(value, control.name));
    return refusal ? [{ control: control.name, refusal }] : [];
  });
  if (found.length > 0) return found;
  const whole = wholeProblem(form, value);
  return whole ? [{ control: "", refusal: whole }] : [];
}

function controlProblem(control: Control, value: Value | undefined): Refusal | undefined {
  if (value === undefined) return control.required ? new Refusal("required") : undefined;
  try {
    check(control, value);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

function wholeProblem(form: Form, value: FormValue): Refusal | undefined {
  const names = Object.keys(value).filter((name) => value[name] !== undefined);
  if (names.length === 0) return new Refusal("empty");
  const unknown = names.find((name) => !form.controls.some((c) => c.name === name));
  if (unknown) return new Refusal("unknown", { value: unknown });
  const size = byteLength(encodeForm(form, value));
  return size > bounds.value ? new Refusal("size", { value: size, high: bounds.value }) : undefined;
}
