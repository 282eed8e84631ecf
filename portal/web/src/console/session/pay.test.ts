import { expect, it } from "vitest";
import { assetsOf } from "../shell/prefetch";
import { hourly, total } from "./pay";

it("tells an hourly rate once enough was done", () => {
  expect(hourly("1000", 30, 60_000)).toBe("1800000");
  expect(hourly("1000", 2, 60_000)).toBeUndefined();
  expect(hourly("1000", 30, 1_000)).toBeUndefined();
  expect(total("9007199254740993", 3)).toBe("27021597764222979");
});

it("finds the media of an item", () => {
  const asset = { cid: "b", mime: "image/png" };
  expect(assetsOf({ id: "1", data: { text: "x", image: asset, clip: { frames: [asset, asset], fps: 5 }, scan: { cloud: asset, cameras: [] } } })).toHaveLength(3);
  expect(assetsOf({ id: "2" })).toEqual([]);
});
