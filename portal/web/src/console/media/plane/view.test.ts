import { describe, expect, it } from "vitest";
import { fit, hold, maxScale, toPicture, toScreen, zoomAt } from "./view";
import { inside } from "./geometry";

const picture = { w: 8000, h: 4000 };
const screen = { w: 1000, h: 800 };

describe("the view of a picture", () => {
  it("fits it whole into the middle", () => {
    expect(fit(picture, screen)).toEqual({ scale: 0.125, x: 0, y: 150 });
  });

  it("keeps what is under the pointer while it zooms, within its bounds", () => {
    let v = fit(picture, screen);
    const at = { x: 333, y: 222 };
    const under = toPicture(v, at);
    for (let i = 0; i < 40; i++) v = zoomAt(v, 1.3, at, 0.05);
    expect(v.scale).toBe(maxScale);
    expect(toScreen(v, under).x).toBeCloseTo(at.x, 6);
    expect(toScreen(v, under).y).toBeCloseTo(at.y, 6);
  });

  it("never loses the picture", () => {
    for (const x of [-1e6, 1e6]) {
      const v = hold({ scale: 1, x, y: x }, picture, screen);
      expect(v.x + picture.w).toBeGreaterThanOrEqual(48);
      expect(v.x).toBeLessThanOrEqual(screen.w - 48);
    }
  });
});

it("a point is inside a ring by the even-odd rule", () => {
  const ring = [{ x: 0, y: 0 }, { x: 10, y: 0 }, { x: 10, y: 10 }, { x: 5, y: 3 }, { x: 0, y: 10 }];
  expect(inside({ x: 5, y: 2 }, ring)).toBe(true);
  expect(inside({ x: 5, y: 5 }, ring)).toBe(false);
});
