import { describe, expect, it } from "vitest";
import { change, entryOf, maxSteps, newWork, redo, spend, show, undo, type Work } from "./history";

const text = (t: string) => ({ value: { why: t } });
const edit = (work: Work, item: string, t: string, at = 0, gesture?: string) => change(work, item, text(t), at, gesture);

describe("undo", () => {
  it("takes back one step at a time, across items, and shows the item", () => {
    const work = show(edit(edit(newWork("a"), "a", "1"), "b", "2"), "c");
    const once = undo(work);
    expect([once.item, entryOf(once, "b").value, entryOf(once, "a").value]).toEqual(["b", {}, { why: "1" }]);
    expect(entryOf(undo(once), "a").value).toEqual({});
    expect(undo(undo(undo(once)))).toEqual(undo(undo(once)));
  });

  it("takes typing back as one step, until it pauses or another gesture begins", () => {
    let work = newWork("a");
    for (const [t, at] of [["x", 0], ["xy", 500], ["xyz", 1400]] as const) work = edit(work, "a", t, at, "why");
    expect(work.past).toHaveLength(1);
    expect(edit(work, "a", "xyz!", 2400, "why").past).toHaveLength(2);
    expect(edit(work, "a", "xyz!", 1500).past).toHaveLength(2);
    expect(entryOf(undo(work), "a").value).toEqual({});
  });

  it("is itself undone by redo, until something new is done", () => {
    const work = edit(edit(newWork("a"), "a", "1"), "a", "2");
    const back = undo(undo(work));
    expect(entryOf(redo(redo(back)), "a")).toEqual(entryOf(work, "a"));
    expect(redo(edit(back, "a", "3")).entries).toEqual(edit(back, "a", "3").entries);
  });

  it("reaches any state of a random walk again", () => {
    const states = [newWork("a")];
    for (let i = 1; i <= 60; i++) states.push(edit(states[i - 1] as Work, "abc"[(i * 7) % 3] as string, String(i)));
    let work = states.at(-1) as Work;
    for (let i = 59; i >= 0; i--) {
      work = undo(work);
      for (const item of "abc") expect(entryOf(work, item)).toEqual(entryOf(states[i] as Work, item));
    }
  });

  it("keeps a bounded number of steps, and survives being written down", () => {
    let work = newWork("a");
    for (let i = 0; i < maxSteps + 20; i++) work = edit(work, "a", String(i));
    expect(work.past).toHaveLength(maxSteps);
    expect(undo(structuredClone(work))).toEqual(undo(work));
  });
});

it("counts the time of each item for itself", () => {
  expect(spend(spend(spend(newWork("a"), "a", 5), "b", 7), "a", 2).ms).toEqual({ a: 7, b: 7 });
});
