import { expect, test } from "vitest";
import { newDraft } from "./draft";
import { budgetRange, classesOf, forecastOf, hourlyOf, priceFor } from "./pay";

test("15 seconds at 0.05 ALY are 12 ALY an hour, and back", () => {
  expect(hourlyOf("50000", 15_000)).toBe(12_000_000n);
  expect(priceFor("12000000", 15_000)).toBe(50_000n);
});

test("the price for an hourly pay never pays less than it", () => {
  for (const ms of [1, 7, 999, 3_601, 86_400_000]) {
    const price = priceFor("12345678", ms);
    expect(hourlyOf(String(price), ms)).toBeGreaterThanOrEqual(12_345_678n);
    if (price > 0n) expect(hourlyOf(String(price - 1n), ms)).toBeLessThan(12_345_678n);
  }
});

test("the budget goes from the first answers of all items to all rounds", () => {
  expect(budgetRange(1000, { min: 3, max: 9, price: "50000" })).toEqual({ low: 150_000_000n, high: 450_000_000n });
});

test("the forecast is asked with the terms, and not while they are out of bounds", () => {
  const d = { ...newDraft("x", 0), labels: ["a", "b", "c"] };
  expect(forecastOf(d, 100)).toMatchObject({ items: 100, classes: 3, redundancy: { min: 3, max: 9, target: 990_000 }, price: "50000" });
  expect(forecastOf(d, 0)).toBeUndefined();
  expect(forecastOf({ ...d, offer: { ...d.offer, max: 2 } }, 100)).toBeUndefined();
});

test("a form without labels counts as a choice of two", () => {
  expect(classesOf({ kind: "form", labels: [], form: { controls: [{ name: "a", type: "text" }] } })).toBe(2);
});
