import { describe, expect, it } from "vitest";
import type { Track } from "@/records/form";
import { at, neighbour, placed, seen, toggledKey, toggledOut } from "./track";

const track: Track = {
  label: "car",
  frames: [{ f: 10, x: 0, y: 0, w: 100, h: 10 }, { f: 20, x: 1001, y: 50, w: 200, h: 10 }, { f: 30, x: 0, y: 0, w: 5, h: 5, out: true }],
};

describe("tracks", () => {
  it("begin with their first keyframe and move evenly to the next, half to even", () => {
    expect(at(track, 9)).toBeUndefined();
    expect(at(track, 15)).toEqual({ box: { label: "car", x: 500, y: 25, w: 150, h: 10 }, out: false, key: false });
    expect(at(track, 20)?.key).toBe(true);
  });

  it("are out from a keyframe that says so", () => {
    expect(at(track, 29)?.out).toBe(false);
    expect(at(track, 500)?.out).toBe(true);
    expect(seen(track, 99)).toEqual([{ from: 10, to: 30 }]);
    const back = toggledOut(track, 40);
    expect(seen(back, 99)).toEqual([{ from: 10, to: 30 }, { from: 40, to: 100 }]);
  });

  it("get a keyframe where the box is moved, without a second one", () => {
    const moved = placed(placed(track, 15, { x: 1, y: 2, w: 3, h: 4 }), 15, { x: 9, y: 2, w: 3, h: 4 });
    expect(moved.frames.map((k) => k.f)).toEqual([10, 15, 20, 30]);
    expect(moved.frames[1]).toEqual({ f: 15, x: 9, y: 2, w: 3, h: 4 });
    expect(placed(track, 35, { x: 1, y: 2, w: 3, h: 4 }).frames.at(-1)?.out).toBe(true);
  });

  it("gain and lose keyframes, and end with the last", () => {
    expect(toggledKey(track, 15)?.frames.length).toBe(4);
    expect(toggledKey(track, 20)?.frames.map((k) => k.f)).toEqual([10, 30]);
    expect(toggledKey({ label: "a", frames: [{ f: 1, x: 0, y: 0, w: 1, h: 1 }] }, 1)).toBeUndefined();
  });

  it("know their next keyframe and the one before", () => {
    expect([neighbour(track, 10, 1), neighbour(track, 10, -1), neighbour(track, 25, -1), neighbour(track, 30, 1)]).toEqual([20, undefined, 20, undefined]);
  });
});
