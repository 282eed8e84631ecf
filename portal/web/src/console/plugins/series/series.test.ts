import { expect, it } from "vitest";
import { damaged, random } from "../../media/testing";
import { MediaFault } from "../../media/fault";
import { checked, parseSeries } from "./table";

const csv = 'time;"heart rate";breath\n0;1.5;2\n10;;-3\n20;2e1;4\n';

it("reads CSV with its gaps, and JSON as items hold it", () => {
  const want = { time: [0, 10, 20], channels: { "heart rate": [1.5, NaN, 20], breath: [2, -3, 4] } };
  expect(checked(parseSeries(csv, "text/csv"))).toEqual(want);
  expect(checked(parseSeries('{"time":[1,2],"channels":{"a":[1,2]},"unit":"ms"}', "application/json"))).toEqual({ time: [1, 2], channels: { a: [1, 2] }, unit: "ms" });
});

it.each([
  ["a page", "<!doctype html>", "type"],
  ["times that run back", "t,a\n0,1\n2,1\n1,1", "broken"],
  ["times that are no integers", "t,a\n0.5,1\n2,1", "broken"],
  ["one time only", "t,a\n0,1", "broken"],
  ["no columns", "a\n1\n2", "broken"],
  ["too many channels", `t,${Array.from({ length: 65 }, (_, i) => i).join()}\n${"1,".repeat(65)}1\n${"2,".repeat(65)}1`, "huge"],
])("refuses %s", (_, text, trouble) => {
  expect(() => checked(parseSeries(text, "text/csv"))).toThrow(expect.objectContaining({ trouble }) as Error);
});

it("never fails but by a fault of media when damaged", () => {
  const next = random(9);
  const file = new TextEncoder().encode(csv.repeat(1));
  for (let i = 0; i < 500; i++) {
    try {
      checked(parseSeries(new TextDecoder().decode(damaged(file, next)), "text/csv"));
    } catch (error) {
      expect(error).toBeInstanceOf(MediaFault);
    }
  }
});
