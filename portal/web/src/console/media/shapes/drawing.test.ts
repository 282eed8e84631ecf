import { describe, expect, it } from "vitest";
import type { Box, Polygon } from "@/records/form";
import { boxShape } from "./box";
import { Drawing, type Board, type Mode } from "./drawing";
import { polygonShape } from "./polygon";
import type { Shape } from "./shape";

const size = { w: 100, h: 80 };
const at = (x: number, y: number) => ({ at: { x, y }, reach: 2 });

/** A board that keeps its regions as the page would. */
function board<R extends { label: string }>(shape: Shape<R>, mode: Mode = "draw", more: Partial<Board<R>> = {}) {
  const state = { regions: [...(more.regions ?? [])], selected: more.regions?.[0] };
  const drawing = new Drawing<R>(undefined as never);
  const renew = () => drawing.use({
    shape, size, mode, label: "a", readOnly: false, step: 1, scale: () => 1, isLocked: () => false, repaint: () => undefined,
    ...more,
    ...state,
    add: (r) => change([...state.regions, r], r),
    update: (old, now) => change(state.regions.map((r) => (r === old ? now : r)), now),
    select: (r) => change(state.regions, r),
  });
  const change = (regions: R[], selected: R | undefined) => {
    Object.assign(state, { regions, selected });
    renew();
  };
  renew();
  const drag = (from: [number, number], to: [number, number]) => {
    drawing.press(at(...from));
    drawing.drag(at((from[0] + to[0]) / 2, (from[1] + to[1]) / 2));
    drawing.drag(at(...to));
    drawing.release(at(...to));
  };
  const click = (x: number, y: number) => {
    drawing.press(at(x, y));
    drawing.release(at(x, y));
  };
  return { state, drawing, drag, click };
}

const box: Box = { label: "a", x: 10 * 1024, y: 10 * 1024, w: 20 * 1024, h: 10 * 1024 };
const px = ({ x, y, w, h }: Box) => [x, y, w, h].map((n) => n / 1024);

describe("drawing boxes", () => {
  it("takes a drag or two clicks, and ends at the picture's edge", () => {
    const { state, drag, click } = board(boxShape);
    drag([10, 10], [30, 20]);
    click(50, 50);
    click(60, 70);
    drag([80, 60], [300, 300]);
    expect(state.regions.map(px)).toEqual([[10, 10, 20, 10], [50, 50, 10, 20], [80, 60, 20, 20]]);
  });

  it("takes hold of a corner of the selected one", () => {
    const { state, drag } = board(boxShape);
    drag([10, 10], [30, 20]);
    drag([30, 20], [40, 40]);
    expect(state.regions.map(px)).toEqual([[10, 10, 30, 30]]);
  });

  it("moves one in select mode, but not out of the picture", () => {
    const { state, drag } = board<Box>(boxShape, "select", { regions: [box] });
    drag([15, 15], [15, 500]);
    expect(px(state.regions[0]!)).toEqual([10, 70, 20, 10]);
  });

  it("leaves locked ones and read-only boards alone", () => {
    for (const more of [{ isLocked: () => true }, { readOnly: true }]) {
      const { state, drag, drawing } = board<Box>(boxShape, "select", { ...more, regions: [box] });
      drag([15, 15], [40, 40]);
      expect(drawing.nudge({ x: 1, y: 0 }, { far: false, grow: false })).toBe(false);
      expect(state.regions).toEqual([box]);
    }
  });

  it("needs no pointer: taps set corners, arrows move and grow", () => {
    const { state, drawing } = board(boxShape);
    drawing.tap(at(10, 10));
    drawing.tap(at(20, 20));
    drawing.nudge({ x: 1, y: 0 }, { far: true, grow: false });
    drawing.nudge({ x: 0, y: 1 }, { far: false, grow: true });
    expect(px(state.regions[0]!)).toEqual([20, 10, 10, 11]);
  });

  it("drops what was begun when the gesture becomes a pinch", () => {
    const { state, drawing } = board(boxShape);
    drawing.press(at(10, 10));
    drawing.drag(at(30, 30));
    drawing.cancel();
    drawing.release(at(40, 40));
    expect(state.regions).toEqual([]);
  });
});

describe("drawing polygons", () => {
  it("closes on the first corner, by a double click or by the key, and takes a corner back", () => {
    const { state, click, drawing } = board<Polygon>(polygonShape);
    for (const [x, y] of [[10, 10], [30, 10], [30, 30], [10, 10]] as const) click(x, y);
    for (const [x, y] of [[50, 10], [70, 10], [70, 30]] as const) click(x, y);
    drawing.double();
    for (const [x, y] of [[50, 50], [60, 50], [99, 79], [60, 60]] as const) click(x, y);
    drawing.back();
    drawing.finish();
    expect(state.regions.map((r) => r.points.length)).toEqual([3, 3, 3]);
  });

  it("makes nothing of two corners", () => {
    const { state, click, drawing } = board<Polygon>(polygonShape);
    click(10, 10);
    click(20, 10);
    drawing.finish();
    expect(state.regions).toEqual([]);
  });
});
