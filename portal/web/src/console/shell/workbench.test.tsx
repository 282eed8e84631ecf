import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import type { Form, Item } from "@/records/form";
import { type Picker, pickerFor } from "../plugins";
import { answerOf } from "../state/entry";
import { entryOf, newWork, type Work } from "../state/history";
import { Workbench } from "./Workbench";

const form: Form = {
  controls: [
    { name: "kind", type: "choice", required: true, labels: [{ id: "cat", name: "Cat" }, { id: "dog", name: "Dog" }] },
    { name: "why", type: "text" },
    { name: "weight", type: "number", decimals: 1, min: 0 },
  ],
};
const items: Item[] = [
  { id: "1", data: { text: "miaow", prelabels: { model: "m", value: { kind: "cat" } } } },
  { id: "2", data: { text: "<b>woof</b>" } },
];

vi.setConfig({ testTimeout: 30_000 });

let pick: Picker;
beforeAll(async () => {
  window.scrollTo = vi.fn() as typeof window.scrollTo;
  Element.prototype.scrollIntoView = vi.fn();
  pick = await pickerFor(form);
});
afterEach(cleanup);

function open(readOnly = false) {
  const complete = vi.fn();
  let work: Work = newWork("1");
  function Page() {
    const [now, setWork] = useState(work);
    work = now;
    return <Workbench form={form} items={items} work={now} update={setWork} readOnly={readOnly} pick={pick} onGuide={() => undefined} onComplete={complete} />;
  }
  render(<Page />);
  return { complete, entry: (item: string) => entryOf(work, item), work: () => work };
}

const press = (key: string, more = {}) => fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more });
const forward = () => press("Enter", { ctrlKey: true });

it("answers by digits, goes on by keys, and is complete when every item is", () => {
  const { complete, entry } = open();
  press("2");
  expect(entry("1").value).toEqual({ kind: "dog" });
  forward();
  expect(screen.getByText("<b>woof</b>")).toBeTruthy();
  forward();
  expect(complete).not.toHaveBeenCalled();
  expect(screen.getByText("refusal.required")).toBeTruthy();
  press("1");
  expect(screen.queryByText("refusal.required")).toBeNull();
  forward();
  expect(complete).toHaveBeenCalledOnce();
});

it("takes steps back across controls and items, typing as one step", () => {
  const { entry } = open();
  press("1");
  const why = screen.getByRole("textbox", { name: "why" });
  for (const text of ["s", "so", "so it"]) fireEvent.change(why, { target: { value: text } });
  expect(entry("1").value).toEqual({ kind: "cat", why: "so it" });
  press("z", { ctrlKey: true });
  expect(entry("1").value).toEqual({ kind: "cat" });
  press("z", { ctrlKey: true });
  expect(entry("1").value).toEqual({});
  press("z", { ctrlKey: true, shiftKey: true });
  expect(entry("1").value).toEqual({ kind: "cat" });
});

it("keeps a guess apart until it is taken over, and says where the answer comes from", () => {
  const { entry } = open();
  expect(entry("1").value).toEqual({});
  press("a", { altKey: true });
  expect(entry("1").value).toEqual({ kind: "cat" });
  const spec = { question: "", form };
  expect(answerOf(spec, form, items[0]!, entry("1"), 5).origin).toBe("prediction");
  press("2");
  expect(answerOf(spec, form, items[0]!, entry("1"), 5)).toMatchObject({ origin: "prediction-changed", value: { kind: "dog" } });
});

it("skips with a reason and answers after all", () => {
  const { entry, complete } = open();
  press(" ", { ctrlKey: true });
  const dialog = within(screen.getByRole("dialog"));
  fireEvent.click(dialog.getByRole("radio", { name: "skip.reason.language" }));
  fireEvent.click(dialog.getByRole("button", { name: "skip.confirm" }));
  expect(entry("1").skip).toBe("language");
  press(" ", { ctrlKey: true });
  expect(entry("1").skip).toBeUndefined();
  expect(complete).not.toHaveBeenCalled();
});

it("reports beside the answer", () => {
  const { entry } = open();
  press("g", { altKey: true });
  const dialog = within(screen.getByRole("dialog"));
  fireEvent.click(dialog.getByRole("checkbox", { name: "flag.reason.illegal" }));
  fireEvent.change(dialog.getByRole("textbox"), { target: { value: "see the date" } });
  fireEvent.click(dialog.getByRole("button", { name: "flag.confirm" }));
  expect(entry("1")).toMatchObject({ flags: ["illegal"], note: "see the date", value: {} });
});

it("says so when a number is none, and keeps it out of the answer", () => {
  const { entry } = open();
  const weight = screen.getByRole("textbox", { name: "weight" });
  fireEvent.change(weight, { target: { value: "1.25" } });
  expect([entry("1").value.weight, weight.getAttribute("aria-invalid")]).toEqual([undefined, "true"]);
  fireEvent.change(weight, { target: { value: "1.5" } });
  fireEvent.keyDown(weight, { key: "ArrowUp" });
  expect(entry("1").value.weight).toBe(25);
});

it("changes nothing where another tab has the page", () => {
  const { work } = open(true);
  const before = work();
  press("1");
  press("a", { altKey: true });
  press(" ", { ctrlKey: true });
  forward();
  expect(work()).toEqual(before);
});
