import { describe, expect, it } from "vitest";
import type { Contribution } from "@/api/model";
import { prequential } from "./prequential";

const item = (number: number, said: number, label: number, state: Contribution["state"] = "trained") =>
  ({ number, class: said, label, state }) as Contribution;

describe("accuracy over time", () => {
  it("counts what was said before an item was learnt", () => {
    expect(prequential([item(2, 1, 1), item(1, 0, 1), item(3, 1, 1)])).toEqual({ at: [1, 2, 3], right: [0, 1 / 2, 2 / 3] });
  });
  it("looks back over the window only", () => {
    const items = Array.from({ length: 10 }, (_, i) => item(i + 1, i < 5 ? 0 : 1, 1));
    expect(prequential(items, 5).right.at(-1)).toBe(1);
  });
  it("leaves out what was never learnt", () => {
    expect(prequential([item(1, 1, 1, "lapsed"), item(2, 1, 1, "given")]).at).toEqual([]);
  });
});
