import { expect, test } from "vitest";
import { boxSize, layOut } from "./lineage";

const node = (id: string) => ({ id, kind: "round" as const, title: id, ref: id });
const edge = (from: string, to: string) => ({ from, to, relation: "made" });

function at(names: string, pairs: [string, string][]) {
  const drawing = layOut({ nodes: [...names].map(node), edges: pairs.map(([a, b]) => edge(a, b)) });
  return { drawing, x: (id: string) => drawing.boxes.find((b) => b.node.id === id)?.x ?? NaN };
}

test("what comes of a thing stands behind it, however the lists are ordered", () => {
  const { x } = at("dcba", [["c", "d"], ["a", "b"], ["b", "c"], ["a", "d"]]);
  expect(x("a")).toBeLessThan(x("b"));
  expect(x("b")).toBeLessThan(x("c"));
  expect(x("c")).toBeLessThan(x("d"));
});

test("an origin that comes in late stands right before what it goes into", () => {
  const { x } = at("abcp", [["a", "b"], ["b", "c"], ["p", "c"]]);
  expect(x("p")).toBe(x("b"));
});

test("no two boxes lie over each other and all are within the drawing", () => {
  const { drawing } = at("abcdef", [["a", "f"], ["b", "f"], ["c", "f"], ["d", "f"], ["e", "f"]]);
  const places = new Set(drawing.boxes.map((b) => `${b.x}/${b.y}`));
  expect(places.size).toBe(6);
  for (const box of drawing.boxes) {
    expect(box.x + boxSize.width).toBeLessThanOrEqual(drawing.width);
    expect(box.y + boxSize.height).toBeLessThanOrEqual(drawing.height);
    expect(box.y).toBeGreaterThanOrEqual(0);
  }
});

test("a circle and a line to nowhere do no harm", () => {
  const { drawing } = at("ab", [["a", "b"], ["b", "a"], ["a", "z"]]);
  expect(drawing.boxes).toHaveLength(2);
  expect(drawing.lines).toHaveLength(2);
});
