import { describe, expect, it } from "vitest";
import { aly, bytes, clock, decimal, duration, parseAly, relative, share, short } from "./format";

describe("amounts", () => {
  it.each([
    ["1250000", "1.25 ALY"],
    ["1", "0.000001 ALY"],
    ["0", "0 ALY"],
    ["-500000", "-0.5 ALY"],
    ["9223372036854775807", "9,223,372,036,854.775807 ALY"],
  ])("writes %s ualy as %s, to the last unit", (ualy, want) => expect(aly(ualy, "en")).toBe(want));

  it("writes a decimal comma where the language has one", () => expect(aly("1250000", "de")).toBe("1,25 ALY"));

  it.each([
    ["1.25", "1250000"],
    ["1,25", "1250000"],
    [" 3 ", "3000000"],
    ["0.000001", "1"],
    ["2.", "2000000"],
  ])("reads %s", (text, want) => expect(parseAly(text)).toBe(want));

  it.each(["", "-1", "1.2345678", "1e3", "1.2.3", "x", "1234567890123"])("refuses %j", (text) =>
    expect(parseAly(text)).toBeUndefined(),
  );

  it("reads back what it writes", () => {
    for (const ualy of [0n, 1n, 10n, 999_999n, 1_000_000n, 123_456_789n]) {
      expect(parseAly(decimal(ualy))).toBe(ualy.toString());
    }
  });
});

describe("times", () => {
  it.each([
    [0, "0 sec"],
    [59_400, "59 sec"],
    [3_600_000, "1 hr"],
    [3_660_000, "1 hr 1 min"],
    [3_601_000, "1 hr"],
    [90_061_000, "1 day 1 hr"],
  ])("says %i ms as %s", (ms, want) => expect(duration(ms, "en")).toBe(want));

  it.each([
    [3_600_000, "in 1 hour"],
    [-172_800_000, "2 days ago"],
    [0, "now"],
  ])("says %i ms from now as %s", (ms, want) => expect(relative(1e12 + ms, 1e12, "en")).toBe(want));

  it.each([
    [299_001, "5:00"],
    [3_909_000, "1:05:09"],
    [-5, "0:00"],
  ])("shows %i ms left as %s", (ms, want) => expect(clock(ms)).toBe(want));
});

it("writes shares, sizes and long names", () => {
  expect(share(912_345, "en")).toBe("91.2%");
  expect(bytes(1536, "en")).toBe("1.5 KiB");
  expect(bytes(0, "en")).toBe("0 B");
  expect(short("alaya1qxyzabcdefgh9f2c")).toBe("alaya1qxyz…9f2c");
  expect(short("short")).toBe("short");
});
