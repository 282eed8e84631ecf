import { expect, it } from "vitest";
import { diff, excerpt } from "./diff";

const text = (signs: string, lines: ReturnType<typeof diff>) => lines.filter((l) => signs.includes(l.sign)).map((l) => l.text).join("\n");

it.each([
  ["", ""], ["a", "a"], ["a\nb\nc", "a\nx\nc"], ["a\nb", "b"], ["", "a\nb"], ["a\nb\nc\nd", "d\nc\nb\na"], ["x\nx\nx", "x\nx"],
])("gives both texts back: %j to %j", (before, after) => {
  const lines = diff(before, after);
  expect(text("=-", lines)).toBe(before);
  expect(text("=+", lines)).toBe(after);
});

it("tells the least that changed", () => {
  expect(diff("a\nb\nc\nd", "a\nc\nx\nd").map((l) => l.sign + l.text)).toEqual(["=a", "-b", "=c", "+x", "=d"]);
});

it("replaces the whole of what is too long to compare", () => {
  const long = (of: string) => Array.from({ length: 1500 }, (_, i) => of + i).join("\n");
  expect(diff(long("a"), long("b"))).toHaveLength(3000);
});

it("leaves out what is far from a change", () => {
  const before = Array.from({ length: 20 }, (_, i) => String(i)).join("\n");
  const shown = excerpt(diff(before, before.replace("10", "ten")), 1);
  expect(shown.map((l) => l && l.sign + l.text)).toEqual([undefined, "=9", "-10", "+ten", "=11", undefined]);
});
