import { renderHook } from "@testing-library/react";
import { expect, it } from "vitest";
import type { Control, Interval } from "@/records/form";
import { byTime } from "./time/interval";
import { useRegions } from "./useRegions";

it("intervals are listed by time, though they are kept by their bytes", () => {
  const control: Control = { name: "calls", type: "interval", labels: [{ id: "high" }, { id: "low" }] };
  const value: Interval[] = [{ label: "high", start: 30, end: 40 }, { label: "low", start: 10, end: 20 }, { label: "low", start: 9, end: 10 }];
  const { result } = renderHook(() => useRegions({ control, value, onChange: () => undefined, readOnly: false }, byTime));
  expect(result.current.list.map((r) => r.start)).toEqual([9, 10, 30]);
});
