import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { canonical, encode, encodeForm, parse, parseForm, problems } from "./answer";
import type { Control, Form } from "./form";

interface Golden {
  values: { name: string; control: Control; value: string; ok: boolean }[];
  forms: { name: string; form: Form; value: string; ok: boolean }[];
}

// The same cases that core/answer is held to.
const golden = JSON.parse(readFileSync("../../core/answer/testdata/values.json", "utf8")) as Golden;

function accepted(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}

describe("the golden values", () => {
  it("are many", () => expect(golden.values.length).toBeGreaterThan(60));

  it.each(golden.values)("$control.type: $name", ({ control, value, ok }) => {
    expect(accepted(() => parse(control, value))).toBe(ok);
    if (ok) expect(encode(control, JSON.parse(value))).toBe(value);
  });

  it.each(golden.forms)("form: $name", ({ form, value, ok }) => {
    expect(accepted(() => parseForm(form, value))).toBe(ok);
    if (ok) expect(encodeForm(form, parseForm(form, value))).toBe(value);
  });
});

describe("what every object has", () => {
  it("is no answer to a control of that name", () => {
    const form: Form = { controls: [{ name: "constructor", type: "text" }, { name: "y", type: "text", required: true }] };
    expect(problems(form, { y: "said" })).toEqual([]);
    expect(encodeForm(form, { y: "said" })).toBe('{"y":"said"}');
  });
});

describe("what was made, not parsed", () => {
  const labels = [{ id: "a" }, { id: "b" }];
  const control = (type: Control["type"], more: Partial<Control> = {}): Control => ({ name: "x", type, labels, ...more });

  it("gets its regions in the order of their bytes, none twice", () => {
    const box = { h: 1, w: 1, y: 0, x: 9, label: "a" };
    expect(encode(control("box"), [box, { label: "a", x: 10, y: 0, w: 1, h: 1, rot: 0 }, box])).toBe(
      '[{"label":"a","x":10,"y":0,"w":1,"h":1},{"label":"a","x":9,"y":0,"w":1,"h":1}]',
    );
  });

  it("keeps relations on their spans when spans are sorted", () => {
    const spans = [{ start: 5, end: 6, label: "b" }, { start: 0, end: 2, label: "a" }];
    const value = { spans, relations: [{ from: 0, to: 1, label: "r" }] };
    expect(canonical(control("span", { relations: ["r"] }), value)).toEqual({
      spans: [spans[1], spans[0]],
      relations: [{ from: 1, to: 0, label: "r" }],
    });
  });

  it("escapes what could end a script, as Go does", () => {
    expect(encode(control("text"), "</a>&\u2028\b\u007f\ud800")).toBe('"\\u003c/a\\u003e\\u0026\\u2028\\b\u007f\ufffd"');
  });

  it("is told every problem at once, by its control", () => {
    const form: Form = { controls: [control("choice", { required: true }), { name: "y", type: "rating", max: 5 }] };
    expect(problems(form, { y: 6 }).map((p) => [p.control, p.refusal.reason])).toEqual([["x", "required"], ["y", "range"]]);
    expect(problems({ controls: [control("choice")] }, {}).map((p) => p.refusal.reason)).toEqual(["empty"]);
  });
});
