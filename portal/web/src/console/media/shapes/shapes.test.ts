import { describe, expect, it } from "vitest";
import type { Box, Polygon } from "@/records/form";
import { random } from "../testing";
import { boxShape, turned } from "./box";
import { keypointShape } from "./keypoint";
import { parsePoints, polygonShape, spellPoints, withoutRepeats } from "./polygon";

const box: Box = { label: "car", x: 10240, y: 20480, w: 102400, h: 51200 };

describe("boxes", () => {
  it("are drawn from any corner to the opposite one", () => {
    for (const [a, b] of [[[10, 20], [110, 70]], [[110, 70], [10, 20]], [[10, 70], [110, 20]]] as const)
      expect(boxShape.draw("car", [{ x: a[0], y: a[1] }, { x: b[0], y: b[1] }])).toEqual(box);
  });

  it("need a size", () => {
    expect(boxShape.draw("car", [{ x: 1, y: 1 }, { x: 1, y: 9 }])).toBeUndefined();
    expect(boxShape.draw("car", [{ x: 1, y: 1 }])).toBeUndefined();
  });

  it("keep the opposite corner where it is while one is dragged, turned or not", () => {
    for (const rot of [0, 0.4, -2.5]) {
      const r = turned(box, rot);
      for (let handle = 0; handle < 4; handle++) {
        const before = boxShape.outline(r)[(handle + 2) % 4]!;
        const corner = boxShape.outline(r)[handle]!;
        const dragged = boxShape.drag(r, handle, { x: corner.x + 3, y: corner.y - 2 });
        const all = boxShape.outline(dragged);
        expect(Math.min(...all.map((p) => Math.hypot(p.x - before.x, p.y - before.y)))).toBeLessThan(0.01);
      }
    }
  });

  it("turn about their middle by the handle, and lose rot at zero", () => {
    const middle = (b: Box) => {
      const ring = boxShape.outline(b);
      return { x: (ring[0]!.x + ring[2]!.x) / 2, y: (ring[0]!.y + ring[2]!.y) / 2 };
    };
    const right = boxShape.drag(box, 8, { x: 500, y: middle(box).y });
    expect(right.rot).toBe(1570796);
    expect(middle(right).x).toBeCloseTo(middle(box).x, 2);
    expect(boxShape.drag(right, 8, { x: middle(box).x, y: -500 })).toEqual(box);
  });

  it("stay whole numbers whatever is dragged", () => {
    const next = random(7);
    for (let i = 0; i < 500; i++) {
      const r = boxShape.drag(turned(box, next() * 6 - 3), Math.floor(next() * 9), { x: next() * 900 - 300, y: next() * 900 - 300 });
      expect([r.x, r.y, r.w, r.h, r.rot ?? 0].every(Number.isSafeInteger)).toBe(true);
      expect(Math.min(r.w, r.h)).toBeGreaterThan(0);
    }
  });
});

describe("polygons", () => {
  const square: Polygon = { label: "a", points: [[0, 0], [1024, 0], [1024, 1024], [0, 1024]] };

  it("drop points that repeat, at the end too", () => {
    expect(withoutRepeats([[0, 0], [0, 0], [1, 0], [1, 1], [1, 1], [0, 0]])).toEqual([[0, 0], [1, 0], [1, 1]]);
    expect(polygonShape.draw("a", [{ x: 0, y: 0 }, { x: 1, y: 0 }, { x: 1, y: 0 }])).toBeUndefined();
  });

  it("get a corner where the middle of an edge is dragged, and lose one but for three", () => {
    const more = polygonShape.drag(square, 4 + 3, { x: -1, y: 0.5 });
    expect(more.points).toEqual([...square.points, [-1024, 512]]);
    expect(polygonShape.without?.(more, 4)).toEqual(square);
    expect(polygonShape.without?.({ label: "a", points: [[0, 0], [1, 0], [1, 1]] }, 0)).toBeUndefined();
  });

  it("come back from their typed form", () => {
    expect(parsePoints(spellPoints({ label: "a", points: [[1, 2], [1025, -7], [4096, 333]] }))).toEqual([[1, 2], [1025, -7], [4096, 333]]);
    expect(parsePoints("1,2\n3,4")).toBeUndefined();
    expect(parsePoints("1,2\n3,four\n5,6")).toBeUndefined();
  });
});

it("keypoints are exact to 1/1024 px, half to even", () => {
  expect(keypointShape.draw("eye", [{ x: 0.5 / 1024, y: 1.5 / 1024 }])).toEqual({ label: "eye", x: 0, y: 2 });
});
