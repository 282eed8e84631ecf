import { expect, test } from "vitest";
import { burnDown, coverOf, wilson } from "./cover";

test("a bid counts for no more answers than there are items", () => {
  const cover = coverOf([{ price: "10", units: 500 }, { price: "20", units: 50 }], 100, { min: 1, max: 3 });
  expect(cover).toMatchObject({ offered: 150, first: 100, most: 300 });
});

test("the price is weighed by answers, and pay ends where the offers end", () => {
  const cover = coverOf([{ price: "10", units: 100 }, { price: "40", units: 50 }], 100, { min: 1, max: 3 });
  expect(cover.price).toBe(20n);
  expect(cover.low).toBe(2000n);
  expect(cover.high).toBe(3000n);
});

test("without bids nothing is covered and nothing is paid", () => {
  expect(coverOf([], 100, { min: 3, max: 9 })).toEqual({ offered: 0, first: 300, most: 900, price: 0n, low: 0n, high: 0n });
});

// Expected values: R, prop.test(x, n, correct = FALSE)$conf.int.
test.each([
  [9, 10, 595_850, 982_124],
  [10, 10, 722_467, 1_000_000],
  [0, 10, 0, 277_533],
])("the interval of %i right of %i", (right, seen, low, high) => {
  const interval = wilson(right, seen);
  expect(Math.abs(interval.low - low)).toBeLessThan(5);
  expect(Math.abs(interval.high - high)).toBeLessThan(5);
});

test("the burn-down ends at what was not spent", () => {
  expect(burnDown([{ t: 1, amount: "30" }, { t: 2, amount: "20" }], "100", 0)).toEqual([{ t: 0, left: 100n }, { t: 1, left: 70n }, { t: 2, left: 50n }]);
});
