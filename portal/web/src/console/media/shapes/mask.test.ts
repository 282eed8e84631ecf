import { describe, expect, it } from "vitest";
import { random } from "../testing";
import { area, decodeMask, emptyColumns, encodeMask, filled, isIn, painted, stroke, type Columns } from "./mask";

const size = { w: 23, h: 17 };

/** Run lengths the plain way, pixel by pixel. */
function plainRuns(pixels: boolean[][]): number[] {
  const counts = [0];
  let on = false;
  for (const column of pixels) {
    for (const pixel of column) {
      if (pixel !== on) counts.push(0);
      on = pixel;
      counts[counts.length - 1]!++;
    }
  }
  return counts;
}

const pixelsOf = (columns: Columns) =>
  Array.from({ length: size.w }, (_, x) => Array.from({ length: size.h }, (_, y) => isIn(columns, x, y)));

describe("masks", () => {
  it("count zeros first, down the columns", () => {
    const one = painted(emptyColumns(3), [{ x: 1, from: 0, to: 2 }], { w: 3, h: 2 }, "add");
    expect(encodeMask(one, 2)).toEqual([2, 2, 2]);
    const corner = painted(emptyColumns(3), [{ x: 0, from: 0, to: 1 }], { w: 3, h: 2 }, "add");
    expect(encodeMask(corner, 2)).toEqual([0, 1, 5]);
    expect(encodeMask(emptyColumns(3), 2)).toEqual([6]);
  });

  it("are the pixels that strokes and erasures leave, and survive their runs", () => {
    const next = random(3);
    for (let round = 0; round < 60; round++) {
      let columns = emptyColumns(size.w);
      const pixels = pixelsOf(columns);
      for (let i = 0; i < 6; i++) {
        const at = () => ({ x: next() * 30 - 4, y: next() * 24 - 4 });
        const [a, b, radius] = [at(), next() < 0.2 ? undefined : at(), next() * 6];
        const how = next() < 0.6 ? "add" : "erase";
        columns = painted(columns, stroke(a, b ?? a, radius), size, how);
        pixels.forEach((column, x) => column.forEach((_, y) => {
          if (near(x + 0.5, y + 0.5, a, b ?? a) <= radius) column[y] = how === "add";
        }));
      }
      expect(pixelsOf(columns)).toEqual(pixels);
      const counts = encodeMask(columns, size.h);
      expect(counts).toEqual(plainRuns(pixels));
      expect(decodeMask({ size: [size.h, size.w], counts })).toEqual(columns);
      expect(area(counts)).toBe(pixels.flat().filter(Boolean).length);
    }
  });

  it("fill a ring by its pixels' middles", () => {
    const columns = painted(emptyColumns(size.w), filled([{ x: 2, y: 2 }, { x: 6, y: 2 }, { x: 6, y: 5 }, { x: 2, y: 5 }]), size, "add");
    expect(area(encodeMask(columns, size.h))).toBe(12);
  });

  it("take a stroke over 8,000 columns without a pixel in memory", () => {
    const large = { w: 8000, h: 8000 };
    const columns = painted(emptyColumns(large.w), stroke({ x: 100, y: 100 }, { x: 7900, y: 7800 }, 300), large, "add");
    const counts = encodeMask(columns, large.h);
    expect(columns.every((spans) => spans.length <= 2)).toBe(true);
    expect(counts.reduce((a, b) => a + b, 0)).toBe(64_000_000);
  });
});

function near(x: number, y: number, a: { x: number; y: number }, b: { x: number; y: number }): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const square = dx * dx + dy * dy;
  const t = square === 0 ? 0 : Math.min(Math.max(((x - a.x) * dx + (y - a.y) * dy) / square, 0), 1);
  return Math.hypot(x - a.x - t * dx, y - a.y - t * dy);
}
