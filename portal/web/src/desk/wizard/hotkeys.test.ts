import { expect, test } from "vitest";
import { clashingHotkeys } from "./hotkeys";

test.each([
  ["keys of their own", ["a", "b", undefined], []],
  ["one key twice", ["a", "b", "A"], ["A"]],
  ["a key of the console", ["ctrl+enter", "x"], ["ctrl+enter"]],
])("%s", (_, keys, want) => {
  const labels = keys.map((hotkey, i) => ({ id: `l${i}`, ...(hotkey && { hotkey }) }));
  expect(clashingHotkeys({ labels })).toEqual(want);
});
