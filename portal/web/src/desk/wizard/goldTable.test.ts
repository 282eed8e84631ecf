import { expect, test } from "vitest";
import type { Spec } from "@/records/form";
import { GoldFault, readGold } from "./goldTable";

const items = new Set(["a", "b"]);
const plain: Spec = { question: "?", labels: ["good", "bad"] };
const form: Spec = { question: "?", form: { controls: [{ name: "mood", type: "choice", labels: [{ id: "good" }] }] } };

test("a table of item and label", () => {
  expect(readGold("g.tsv", "item\tlabel\na\tgood\n", items, plain)).toEqual([{ item: "a", label: "good" }]);
});

test("values of a form, a line each", () => {
  expect(readGold("g.jsonl", '{"item":"b","value":{"mood":"good"}}\n', items, form)).toMatchObject([{ item: "b", value: { mood: "good" } }]);
});

test.each([
  { what: "an unknown item", name: "g.csv", text: "item,label\nz,good\n", spec: plain, reason: "item", line: 2 },
  { what: "an item twice", name: "g.csv", text: "item,label\na,good\na,bad\n", spec: plain, reason: "item", line: 3 },
  { what: "an unknown label", name: "g.csv", text: "item,label\na,ugly\n", spec: plain, reason: "label", line: 2 },
  { what: "a value outside the form", name: "g.jsonl", text: '{"item":"a","value":{"mood":"ugly"}}\n', spec: form, reason: "value", line: 1 },
])("refuses $what", ({ name, text, spec, reason, line }) => {
  try {
    readGold(name, text, items, spec);
  } catch (error) {
    expect(error).toBeInstanceOf(GoldFault);
    expect(error).toMatchObject({ reason, line });
    return;
  }
  throw new Error("taken");
});
