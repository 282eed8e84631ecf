import { expect, it } from "vitest";
import { checkControl, checkForm, formOf } from "./check";
import type { Control } from "./form";

const labels = [{ id: "a" }, { id: "b", parent: "a" }];

it.each<[string, Partial<Control>, RegExp | undefined]>([
  ["a choice", { labels }, undefined],
  ["a name with a capital", { name: "Kind", labels }, /name/],
  ["no labels", {}, /needs.*labels/],
  ["a field of another type", { labels, max: 3 }, /max/],
  ["a label twice", { labels: [{ id: "a" }, { id: "a" }] }, /twice/],
  ["a parent after its child", { labels: [{ id: "b", parent: "a" }, { id: "a" }] }, /path/],
  ["a colour by name", { labels: [{ id: "a", color: "red" }] }, /color/],
  ["a rating of one", { type: "rating", max: 1 }, /range/],
  ["a rating", { type: "rating", max: 5 }, undefined],
  ["a number from 5 to 5", { type: "number", min: 5, max: 5 }, /range/],
  ["a number", { type: "number", min: -5, max: 5, step: 5, decimals: 1, unit: "m" }, undefined],
  ["a preference of three", { type: "preference", options: ["a", "b", "c"] }, /options/],
  ["a ranking of three", { type: "ranking", options: ["a", "b", "c"] }, undefined],
  ["an unknown type", { type: "colour" as Control["type"] }, /type/],
])("checks a control: %s", (_, more, problem) => {
  const check = expect(() => checkControl({ name: "x", type: "choice", ...more }));
  if (problem) check.toThrow(problem);
  else check.not.toThrow();
});

it("refuses a name that stands twice, and an empty form", () => {
  const control: Control = { name: "x", type: "text" };
  expect(() => checkForm({ controls: [control, control] })).toThrow(/twice/);
  expect(() => checkForm({ controls: [] })).toThrow(/range/);
});

it("shows a plain choice as one required control", () => {
  expect(formOf({ question: "?", labels: ["a"] }).controls).toMatchObject([{ type: "choice", required: true }]);
});
