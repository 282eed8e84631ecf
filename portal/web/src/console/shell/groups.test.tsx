import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import i18next from "i18next";
import { useEffect, useState } from "react";
import { initReactI18next } from "react-i18next";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { Control, Form, Item } from "@/records/form";
import { labelCommands } from "../keys/commands";
import { useCommands } from "../keys/Keys";
import type { Plugin, PluginProps } from "../plugin";
import type { Picker } from "../plugins";
import { entryOf, newWork, type Work } from "../state/history";
import { groupsOf } from "./groups";
import { Workbench } from "./Workbench";

beforeAll(async () => {
  await i18next.use(initReactI18next).init({ lng: "en", resources: {} });
  window.scrollTo = vi.fn() as typeof window.scrollTo;
  Element.prototype.scrollIntoView = vi.fn();
});
afterEach(cleanup);

const item: Item = { id: "1", data: {} };
const box = (name: string, more: Partial<Control> = {}): Control => ({ name, type: "box", labels: [{ id: "a" }], ...more });

/** Draws on what a control targets; how often it came is counted. */
const shown = vi.fn();
const board: Plugin = {
  types: ["box"],
  surface: (control) => control.target,
  Component: Sheet,
  commands: (control) => labelCommands(control),
  phone: true,
};
const lone: Plugin = { ...board, surface: undefined };

function Sheet({ control, among, active, onActivate }: PluginProps) {
  useState(shown);
  const other = among?.find((one) => one.control.name !== control.name);
  const [said, setSaid] = useState("");
  useCommands(active, { "label.0": () => setSaid(control.name) });
  return (
    <>
      <p>{`in hand: ${control.name}, of ${among?.map((one) => one.control.name).join(" ") ?? "none"}`}</p>
      <button onClick={onActivate}>draw</button>
      <output>{said}</output>
      {other && <button onPointerDown={other.onActivate}>reach {other.control.name}</button>}
    </>
  );
}

describe("controls", () => {
  const names = (plugin: Plugin, ...controls: Control[]) =>
    groupsOf(controls.map((control) => ({ control, item, plugin }))).map((group) => group.map((f) => f.control.name).join(" "));

  it.each([
    ["on one surface are together where the first stands", board, [box("a", { target: "x" }), box("b", { target: "y" }), box("c", { target: "x" })], ["a c", "b"]],
    ["on none stand alone", board, [box("a"), box("b")], ["a", "b"]],
    ["of a plug-in without surfaces stand alone", lone, [box("a", { target: "x" }), box("b", { target: "x" })], ["a", "b"]],
    ["may be none", board, [], []],
  ])("%s", (_, plugin, controls, want) => expect(names(plugin, ...controls)).toEqual(want));

  it("of two plug-ins do not mix", () => {
    const other = { ...board };
    const frames = [board, other, board].map((plugin, i) => ({ plugin, item, control: box(`c${i}`, { target: "x" }) }));
    expect(groupsOf(frames).map((group) => group.length)).toEqual([2, 1]);
  });
});

const form: Form = {
  controls: [
    box("cars", { target: "image", title: "Cars", required: true, labels: [{ id: "car", hotkey: "c" }] }),
    box("roofs", { target: "image", title: "Roofs", hint: "From above", labels: [{ id: "roof", hotkey: "r" }] }),
    { name: "why", type: "number" },
  ],
};
const typed: Plugin = { types: ["number"], Component: () => <input aria-label="why" />, commands: () => [], phone: true };
const pick: Picker = ({ type }) => (type === "box" ? board : typed);

function open() {
  const seen = vi.fn<(work: Work) => void>();
  function Page() {
    const [work, setWork] = useState(newWork("1"));
    useEffect(() => seen(work));
    return <Workbench form={form} items={[item]} work={work} update={setWork} readOnly={false} pick={pick} onGuide={vi.fn()} onComplete={vi.fn()} />;
  }
  render(<Page />);
  return () => entryOf(seen.mock.lastCall![0], "1").value;
}

const tab = (name: string) => screen.getByRole("tab", { name: new RegExp(`^${name}`) });
const panel = () => screen.getByRole("tabpanel");
const press = (key: string, more = {}) => fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more });
const inHand = () => screen.getByText(/^in hand/).textContent;

describe("a group", () => {
  it("shows its surface once, which stays while controls take turns", () => {
    shown.mockClear();
    open();
    expect(inHand()).toBe("in hand: cars, of cars roofs");
    fireEvent.mouseDown(tab("Roofs"));
    expect(inHand()).toBe("in hand: roofs, of cars roofs");
    expect(within(panel()).getByText("From above")).toBeTruthy();
    expect(shown).toHaveBeenCalledOnce();
  });

  it("goes from tab to tab by arrows, and from question to question by its keys", async () => {
    open();
    tab("Cars").focus();
    press("ArrowRight");
    await vi.waitFor(() => expect([document.activeElement, inHand()]).toEqual([tab("Roofs"), "in hand: roofs, of cars roofs"]));
    press("k");
    expect([document.activeElement, inHand()]).toEqual([tab("Cars"), "in hand: cars, of cars roofs"]);
    press("j");
    press("j");
    expect([document.activeElement, inHand()]).toEqual([screen.getByRole("textbox", { name: "why" }), "in hand: roofs, of cars roofs"]);
  });

  it("gives each control the keys of its own labels, while it is in hand", () => {
    open();
    const said = () => screen.getByRole("status").textContent;
    press("r");
    expect(said()).toBe("");
    press("c");
    expect(said()).toBe("cars");
    press("j");
    press("c");
    expect(said()).toBe("cars");
    press("r");
    expect(said()).toBe("roofs");
  });

  it("lets what is pressed inside give the turn to another control", () => {
    open();
    fireEvent.pointerDown(screen.getByRole("button", { name: "reach roofs" }));
    expect(inHand()).toBe("in hand: roofs, of cars roofs");
  });

  it("counts what is drawn for each control, and says what is wrong with it", () => {
    const value = open();
    expect(tab("Cars").textContent).toBe("Carsform.required");
    press("Enter", { ctrlKey: true });
    expect(tab("Cars").textContent).toBe("Carsform.requiredrefusal.required");
    expect(within(panel()).getByRole("alert").textContent).toBe("refusal.required");
    fireEvent.click(screen.getByRole("button", { name: "form.nothing" }));
    expect(value()).toEqual({ cars: [] });
    expect(tab("Cars").textContent).toBe("Carsform.required0form.drawn");
    expect(tab("Roofs").textContent).toBe("Roofs");
  });
});
