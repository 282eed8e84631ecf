import { describe, expect, it } from "vitest";
import { branches, inSight, matches } from "./choice/tree";
import { formatDecimal, parseDecimal } from "./number/decimal";
import { moved, placeAt } from "./ranking/order";

describe("a decimal number", () => {
  it.each([
    ["12.5", 2, 1250], ["12,50", 2, 1250], ["-0.05", 2, -5], ["7", 0, 7], [".5", 1, 5], ["5.", 1, 50], ["1.50", 1, 15],
    ["٣٫٥", 1, 35], ["-0", 0, 0], ["1.25", 1, undefined], ["", 0, undefined], ["-", 0, undefined], ["1e3", 0, undefined],
    ["12a", 0, undefined], ["1.2.3", 3, undefined], ["99999999999999999", 0, undefined],
  ])("reads %s with %d decimals", (text, decimals, want) => expect(parseDecimal(text, decimals)).toBe(want));

  it("is written without needless zeros and read again", () => {
    expect([1250, -5, 0, 100].map((n) => formatDecimal(n, 2))).toEqual(["12.5", "-0.05", "0", "1"]);
    for (const n of [0, 1, -1, 99, 100, -12345]) expect(parseDecimal(formatDecimal(n, 3), 3)).toBe(n);
  });
});

describe("a taxonomy", () => {
  const labels = [{ id: "animal" }, { id: "cat", parent: "animal", name: "Kätzchen" }, { id: "plant" }, { id: "dog", parent: "animal" }];
  const all = branches(labels);

  it("lists each label after its parent, with its path", () => {
    expect(all.map((b) => b.path.join("/"))).toEqual(["animal", "animal/cat", "animal/dog", "plant"]);
  });

  it("shows roots, what is open, or what is found without accents", () => {
    expect(inSight(all, "", new Set()).map((b) => b.label.id)).toEqual(["animal", "plant"]);
    expect(inSight(all, "", new Set(["animal"]))).toHaveLength(4);
    expect(inSight(all, "katz", new Set()).map((b) => b.label.id)).toEqual(["cat"]);
    expect(matches({ id: "x", name: "Red Fox" }, "fox red")).toBe(true);
  });
});

describe("an order", () => {
  it("moves one entry and keeps all", () => {
    expect(moved(["a", "b", "c"], 0, 2)).toEqual(["b", "c", "a"]);
    expect(moved(["a", "b", "c"], 2, 0)).toEqual(["c", "a", "b"]);
    expect(moved(["a", "b"], 0, 2)).toEqual(["a", "b"]);
  });

  it("finds the row under a pointer", () => {
    expect([5, 15, 25, 99].map((y) => placeAt([10, 20, 30], y))).toEqual([0, 1, 2, 2]);
  });
});
