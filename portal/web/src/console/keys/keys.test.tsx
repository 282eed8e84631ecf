import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Command } from "../plugin";
import { chordsOf, normal, print } from "./chord";
import { labelCommands, shellCommands } from "./commands";
import { KeysProvider, useCommands, useKeyOf } from "./Keys";
import { clashes, rebind, unbindAll } from "./map";

afterEach(() => {
  cleanup();
  unbindAll();
});

const event = (key: string, more: Partial<KeyboardEvent> = {}) => ({ key, code: "", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });

describe("a chord", () => {
  it.each([
    ["Ctrl+Shift+Z", "ctrl+shift+z"], ["shift+ctrl+z", "ctrl+shift+z"], ["Esc", "escape"], ["cmd+Enter", "ctrl+enter"], ["ctrl++", "ctrl++"], ["?", "?"],
  ])("has one form: %s", (text, want) => expect(normal(text)).toBe(want));

  it.each([
    ["a sign needs no shift", event("?", { shiftKey: true, code: "Slash" }), ["?"]],
    ["a letter keeps it", event("Z", { shiftKey: true, ctrlKey: true, code: "KeyZ" }), ["ctrl+shift+z"]],
    ["another alphabet goes by place", event("ش", { code: "KeyA" }), ["ش", "a"]],
    ["digits of a French keyboard", event("&", { code: "Digit1" }), ["&", "1"]],
    ["command on a Mac", event("Enter", { metaKey: true }), ["ctrl+enter"]],
  ])("is read from an event: %s", (_, given, want) => expect(chordsOf(given)).toEqual(want));

  it("is printed for the machine", () => {
    expect(print("ctrl+shift+z", false)).toBe("Ctrl+⇧+Z");
    expect(print("ctrl+enter", true)).toBe("⌘+↵");
  });
});

const box: Command = { id: "box.delete", label: "", keys: ["delete"] };

describe("clashes", () => {
  it("are none among the console's own keys", () => expect(clashes(shellCommands, [])).toEqual([]));

  it("are found between a label's key and the console's", () => {
    const labels = labelCommands({ name: "x", type: "choice", labels: [{ id: "a", hotkey: "?" }] });
    expect(clashes(shellCommands, [labels])).toMatchObject([{ chord: "?", commands: [{ id: "keys" }, { id: "label.0" }] }]);
  });

  it("are found within a control, not between two of which one listens", () => {
    const twice: Command = { ...box, id: "box.hide" };
    expect(clashes([], [[box, twice]])).toHaveLength(1);
    expect(clashes([], [[box], [twice]])).toEqual([]);
  });

  it("are none where the console gives way", () => {
    expect(clashes(shellCommands, [[{ ...box, keys: ["d"] }]])).toEqual([]);
  });

  it("are found after a change of keys", () => {
    expect(clashes(shellCommands, [[box]], { "box.delete": ["ctrl+z"] })).toMatchObject([{ chord: "ctrl+z" }]);
  });
});

it("gives labels their own keys and the digits that are left", () => {
  const labels = [{ id: "a" }, { id: "b", hotkey: "1" }, { id: "c" }];
  expect(labelCommands({ name: "x", type: "choice", labels }).map((c) => c.keys)).toEqual([["2"], ["1"], ["3"]]);
});

function Console({ active, acts }: { active: boolean; acts: Record<string, () => void> }) {
  useCommands(true, { keys: acts.keys, undo: acts.undo, submit: acts.submit, guide: acts.guide });
  return <Inner active={active} act={acts.delete} guide={acts.inner} />;
}

function Inner({ active, act, guide }: { active: boolean; act?: () => void; guide?: () => void }) {
  useCommands(active, { "box.delete": act, "box.info": guide });
  const keyOf = useKeyOf();
  return (
    <>
      <input aria-label="words" />
      <button type="button">{keyOf("submit")}</button>
    </>
  );
}

function show(active = true) {
  const acts = { keys: vi.fn(), undo: vi.fn(), submit: vi.fn(), delete: vi.fn(), guide: vi.fn(), inner: vi.fn() };
  const groups = [[box, { id: "box.info", label: "", keys: ["i"] }]];
  const tree = (on: boolean) => (
    <KeysProvider shell={shellCommands} groups={groups}>
      <Console active={on} acts={acts} />
    </KeysProvider>
  );
  const view = render(tree(active));
  return { acts, activate: (on: boolean) => view.rerender(tree(on)) };
}

describe("the keyboard", () => {
  it("acts once for a key", () => {
    const { acts } = show();
    fireEvent.keyDown(document.body, { key: "z", code: "KeyZ", ctrlKey: true });
    expect(acts.undo).toHaveBeenCalledTimes(1);
  });

  it("leaves letters and editing keys to a text field, chords for it pass", () => {
    const { acts } = show();
    const field = screen.getByLabelText("words");
    for (const key of ["?", "i", "Delete"]) fireEvent.keyDown(field, { key });
    fireEvent.keyDown(field, { key: "z", ctrlKey: true });
    expect(acts.keys).not.toHaveBeenCalled();
    expect(acts.delete).not.toHaveBeenCalled();
    expect(acts.undo).not.toHaveBeenCalled();
    fireEvent.keyDown(field, { key: "Enter", ctrlKey: true });
    expect(acts.submit).toHaveBeenCalledTimes(1);
  });

  it("gives a shared key to the active control, else to the console", () => {
    const { acts, activate } = show();
    fireEvent.keyDown(document.body, { key: "i" });
    expect([acts.inner.mock.calls.length, acts.guide.mock.calls.length]).toEqual([1, 0]);
    activate(false);
    fireEvent.keyDown(document.body, { key: "i" });
    expect([acts.inner.mock.calls.length, acts.guide.mock.calls.length]).toEqual([1, 1]);
  });

  it("follows a contributor's own keys and shows them", () => {
    rebind("submit", ["ctrl+m"]);
    const { acts } = show();
    expect(screen.getByRole("button").textContent).toBe("Ctrl+M");
    fireEvent.keyDown(document.body, { key: "Enter", ctrlKey: true });
    expect(acts.submit).not.toHaveBeenCalled();
    fireEvent.keyDown(document.body, { key: "m", ctrlKey: true });
    expect(acts.submit).toHaveBeenCalledTimes(1);
  });
});
