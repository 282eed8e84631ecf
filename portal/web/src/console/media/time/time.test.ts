import { describe, expect, it } from "vitest";
import type { Interval } from "@/records/form";
import { between, dragged, hit, rows } from "./interval";
import { clock, hold, reveal, ticks, toTime, toX, zoom } from "./window";

const all = { from: 0, to: 600_000_000 };

describe("the window of time", () => {
  it("keeps what is under the pointer while it zooms, and stays within all there is", () => {
    const w = zoom(all, 10, 120_000_000);
    expect(toX(w, 120_000_000, 1000)).toBeCloseTo(200);
    expect(toTime(w, 200, 1000)).toBeCloseTo(120_000_000);
    expect(hold({ from: -5, to: 1e9 }, all, 1000)).toEqual(all);
    expect(hold({ from: 100, to: 101 }, all, 1000)).toEqual({ from: 100, to: 1100 });
    expect(reveal({ from: 0, to: 10 }, 50)).toEqual({ from: 49, to: 59 });
  });

  it("has round marks", () => {
    expect(ticks({ from: 0, to: 10_000_000 }, 5)).toEqual({ step: 2_000_000, at: [0, 2e6, 4e6, 6e6, 8e6, 10e6] });
  });

  it("is read as on a clock", () => {
    expect([clock(0), clock(62_500_000, 100_000), clock(3_725_000_000, 1e6), clock(59_999_900, 1000)])
      .toEqual(["0:00.000", "1:02.5", "1:02:05", "1:00.000"]);
  });
});

describe("intervals", () => {
  const one: Interval = { label: "a", start: 100, end: 200, text: "x" };

  it("may be drawn backwards, and stay within the recording", () => {
    expect(between("a", 300.4, -5, all)).toEqual({ label: "a", start: 0, end: 300 });
  });

  it("keep their length when moved and their text when ends cross", () => {
    expect(dragged(one, "whole", -500, all)).toEqual({ label: "a", start: 0, end: 100, text: "x" });
    expect(dragged(one, "start", 150, all)).toEqual({ label: "a", start: 200, end: 250, text: "x" });
  });

  it("are found by their ends first, then the shortest", () => {
    const inner: Interval = { label: "b", start: 140, end: 150 };
    expect(hit([one, inner], 202, 4)).toEqual({ interval: one, part: "end" });
    expect(hit([one, inner], 145, 1)).toEqual({ interval: inner, part: "whole" });
    expect(hit([one], 300, 4)).toBeUndefined();
  });

  it("lie in rows without overlap", () => {
    expect(rows([{ label: "a", start: 0, end: 10 }, { label: "b", start: 5, end: 8 }, { label: "c", start: 10, end: 11 }])).toEqual([0, 1, 0]);
  });
});
