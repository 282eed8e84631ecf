import { describe, expect, it } from "vitest";
import type { Spans } from "@/records/form";
import { addRelation, addSpan, removeSpan, replaceSpan } from "./edit";
import { cut, lay } from "./lanes";
import { fits, passagesOf, quote, snap, toSpan, toStretch, words } from "./passage";
import { walk, walked } from "./walk";

const text = "😀 Ada Lovelace met السيدة آدا 👩‍🔬.";
const [passage] = passagesOf(text);

describe("a stretch of text", () => {
  it("becomes a span in code points and back, emoji counted once", () => {
    const at = text.indexOf("Ada");
    const stretch = { turn: undefined, start: at, end: at + "Ada Lovelace".length };
    const span = toSpan(passage!, stretch, "person");
    expect(span).toEqual({ start: 2, end: 14, label: "person" });
    expect(toStretch(passage!, span)).toEqual(stretch);
    expect(quote([passage!], span)).toBe("Ada Lovelace");
  });

  it("snaps to words when a drag ends short, in any script", () => {
    const of = (part: string) => ({ start: text.indexOf(part), end: text.indexOf(part) + part.length });
    const said = (part: string, whole: boolean) => {
      const got = snap(text, of(part), whole);
      return got && text.slice(got.start, got.end);
    };
    expect(said("da Lovelac", true)).toBe("Ada Lovelace");
    expect(said("سيدة آ", true)).toBe("السيدة آدا");
    expect(said(" Ada ", false)).toBe("Ada");
    expect(said("da", false)).toBe("da");
    expect(said(" ", true)).toBeUndefined();
    expect(said("👩‍🔬.", true)).toBe("👩‍🔬");
    expect(said(".", true)).toBe(".");
    expect(said("👩‍🔬.", false)).toBe("👩‍🔬.");
  });

  it("knows the words of a language without spaces", () => {
    expect(words("我爱北京").length).toBeGreaterThan(1);
  });

  it("lies within its turn", () => {
    const turns = passagesOf([{ speaker: "a", text: "hi 😀" }, { speaker: "b", text: "ho" }]);
    expect(fits(turns, { turn: 0, start: 0, end: 4, label: "x" })).toBe(true);
    expect(fits(turns, { turn: 1, start: 0, end: 3, label: "x" })).toBe(false);
    expect(fits(turns, { start: 0, end: 1, label: "x" })).toBe(false);
    expect(toSpan(turns[1]!, { turn: 1, start: 0, end: 2 }, "x")).toEqual({ turn: 1, start: 0, end: 2, label: "x" });
  });
});

describe("overlapping spans", () => {
  const spans = [{ start: 0, end: 6, label: "a" }, { start: 2, end: 4, label: "b" }, { start: 6, end: 8, label: "a" }];

  it("get lanes of their own, which are used again", () => {
    expect(lay({ text: "abcdefgh" }, spans).map((s) => s.lane)).toEqual([0, 1, 0]);
  });

  it("cut the text into parts that join to it again", () => {
    const segments = cut("abcdefgh", lay({ text: "abcdefgh" }, spans), [{ start: 3, end: 7 }]);
    expect(segments.map((s) => [s.start, s.end, s.covered.length])).toEqual([
      [0, 2, 1], [2, 3, 2], [3, 4, 2], [4, 6, 1], [6, 7, 1], [7, 8, 1],
    ]);
  });
});

describe("editing", () => {
  const value: Spans = { spans: [{ start: 5, end: 6, label: "a" }, { start: 8, end: 9, label: "b" }], relations: [{ from: 0, to: 1, label: "r" }] };

  it("keeps relations on their spans when one is put before them", () => {
    const { value: next, at } = addSpan(value, { start: 0, end: 1, label: "a" });
    expect(at).toBe(0);
    expect(next?.relations).toEqual([{ from: 1, to: 2, label: "r" }]);
  });

  it("keeps relations when a span is moved or gets another label", () => {
    const { value: next, at } = replaceSpan(value, 0, { start: 9, end: 10, label: "b" });
    expect(at).toBe(1);
    expect(next?.relations).toEqual([{ from: 1, to: 0, label: "r" }]);
  });

  it("takes relations along with a removed span, and nothing is no answer", () => {
    expect(removeSpan(value, 0)).toEqual({ spans: [{ start: 8, end: 9, label: "b" }] });
    expect(removeSpan({ spans: [{ start: 0, end: 1, label: "a" }] }, 0)).toBeUndefined();
  });

  it("does not keep the same relation twice", () => {
    expect(addRelation(value, { from: 0, to: 1, label: "r" })).toEqual(value);
  });
});

describe("walking by keys", () => {
  const all = words("one two three");
  const go = (keys: string[], shift = false, rtl = false) =>
    keys.reduce<ReturnType<typeof walk>>((at, key) => walk(at, key, { shift, rtl, count: all.length }), undefined);

  it("goes from word to word and stops at the ends", () => {
    expect(go(["ArrowRight"])).toEqual({ anchor: 0, focus: 0 });
    expect(go(["ArrowRight", "ArrowRight", "ArrowLeft"])).toEqual({ anchor: 0, focus: 0 });
    expect(go(["End", "ArrowRight"])).toEqual({ anchor: 2, focus: 2 });
    expect(go(["x"])).toBeUndefined();
  });

  it("goes the way of the reading in a text from right to left", () => {
    expect(go(["ArrowLeft", "ArrowLeft"], false, true)?.focus).toBe(1);
  });

  it("marks all words out while shift is held, both ways", () => {
    expect(walked(all, go(["ArrowRight", "ArrowRight"], true)!)).toEqual({ start: 0, end: 7 });
    expect(walked(all, go(["End", "ArrowLeft"], true)!)).toEqual({ start: 4, end: 13 });
  });
});
