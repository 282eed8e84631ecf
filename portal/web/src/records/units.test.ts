import { expect, it } from "vitest";
import { codePoints, fromPixels, fromRadians, fromSeconds, halfEven, sliceCodePoints, toCodePoints, toUnits } from "./units";

it.each([
  [0.5, 0], [1.5, 2], [2.5, 2], [-0.5, 0], [-1.5, -2], [-2.5, -2], [2.4999, 2], [2.5001, 3], [-2.5001, -3], [7, 7],
])("rounds %d to %d", (x, want) => expect(halfEven(x)).toBe(want));

it("keeps a measured percentage of an image in 1/1024 px", () => {
  expect(fromPixels((44.989339019189764 * 600) / 100)).toBe(276414);
});

it("keeps seconds in µs and angles within half a turn", () => {
  expect(fromSeconds(1.2345678)).toBe(1_234_568);
  expect(fromRadians(3 * Math.PI)).toBe(3_141_593);
  expect(fromRadians(-Math.PI / 2)).toBe(-1_570_796);
  expect(fromRadians(-Math.PI)).toBe(3_141_593);
});

const text = "😀 Ada Lovelace 👩‍🔬!";

it("counts an emoji as one code point, a sequence as its parts", () => {
  expect(codePoints(text)).toBe([...text].length);
  expect([toCodePoints(text, 3), toCodePoints(text, 15)]).toEqual([2, 14]);
  expect([toUnits(text, 2), toUnits(text, 14)]).toEqual([3, 15]);
  expect(sliceCodePoints(text, 2, 14)).toBe("Ada Lovelace");
});

it("goes from one count to the other and back, for every place", () => {
  for (let n = 0; n <= codePoints(text); n++) expect(toCodePoints(text, toUnits(text, n))).toBe(n);
});

it("takes a place inside a pair as the place of the pair", () => {
  expect(toCodePoints("a😀b", 2)).toBe(1);
});
