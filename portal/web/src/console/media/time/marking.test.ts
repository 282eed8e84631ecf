import { expect, it } from "vitest";
import type { Interval } from "@/records/form";
import { Marking, type Sheet } from "./marking";
import { rulerHeight } from "./paint";
import { TimeView } from "./timeview";

const low = rulerHeight + 10;

function sheet(readOnly = false) {
  const view = new TimeView({ from: 0, to: 1000 }, 10);
  const state = { intervals: [] as Interval[], selected: undefined as Interval | undefined };
  const marking = new Marking(undefined as never);
  const renew = () => marking.use({
    view, readOnly, label: "a", nudge: 5, isLocked: () => false, seek: view.seek, ...state,
    add: (r) => change([...state.intervals, r], r),
    update: (old, now) => change(state.intervals.map((r) => (r === old ? now : r)), now),
    select: (r) => change(state.intervals, r),
  } satisfies Sheet);
  const change = (intervals: Interval[], selected: Interval | undefined) => {
    Object.assign(state, { intervals, selected });
    renew();
  };
  renew();
  const drag = (from: number, to: number, y = low) => {
    marking.press(from, 4, y);
    marking.drag(to);
    marking.release(to);
  };
  return { state, view, marking, drag };
}

it("a drag marks an interval, its ends can be dragged, an arrow moves it", () => {
  const { state, marking, drag } = sheet();
  drag(300, 100);
  drag(301, 400);
  marking.arrow(1, { far: false, end: false });
  marking.arrow(1, { far: true, end: true });
  expect(state.intervals).toEqual([{ label: "a", start: 105, end: 454 }]);
});

it("keys alone mark one: at the playhead from, at the playhead to", () => {
  const { state, view, marking } = sheet();
  view.seek(200);
  marking.begin();
  view.seek(150);
  marking.end();
  expect(state.intervals).toEqual([{ label: "a", start: 150, end: 200 }]);
  marking.end();
  expect(state.intervals).toHaveLength(1);
});

it("the ruler scrubs and a click seeks and selects", () => {
  const { state, view, drag } = sheet();
  drag(100, 300);
  drag(50, 700, 5);
  expect([view.playhead, state.intervals.length]).toEqual([700, 1]);
  drag(200, 200);
  expect([view.playhead, state.selected]).toEqual([200, state.intervals[0]]);
});

it("nothing is marked where one may only look", () => {
  const { state, view, marking, drag } = sheet(true);
  drag(100, 300);
  marking.begin();
  view.seek(500);
  marking.end();
  expect(state.intervals).toEqual([]);
});
