import { expect, it, vi } from "vitest";
import type { Tool } from "../../media/plane/pointer";
import { reaching } from "./reaching";

const touch = { at: { x: 1, y: 1 }, reach: 1 };

function layer(selects: boolean, holds: boolean, held = false) {
  const select = vi.fn();
  const tool: Tool = {
    press: () => held, hover: () => "grab", nudge: () => false,
    drag: vi.fn(), release: vi.fn(), cancel: vi.fn(), tap: vi.fn(), double: vi.fn(), back: vi.fn(),
  };
  return { tool, selects, select, at: () => (holds ? select : undefined) };
}

it.each([
  ["reaches the region of another where it selects and has none of its own", layer(true, false), 1, "pointer"],
  ["keeps to its own where both have one", layer(true, true), 0, "grab"],
  ["keeps what it has taken hold of, be it a handle outside of the region", layer(true, false, true), 0, "pointer"],
  ["reaches none where it draws", layer(false, false), 0, "grab"],
])("a tool %s", (_, own, times, cursor) => {
  const other = layer(false, true);
  const tool = reaching(own, [layer(false, false), other]);
  expect([tool.hover(touch), tool.press(touch)]).toEqual([cursor, own.tool.press(touch)]);
  expect(other.select).toHaveBeenCalledTimes(times);
});

it("of several regions the topmost is reached, by keys too", () => {
  const [below, above] = [layer(false, true), layer(false, true)];
  reaching(layer(true, false), [below, above]).tap(touch);
  expect([below.select.mock.calls.length, above.select.mock.calls.length]).toEqual([0, 1]);
});
