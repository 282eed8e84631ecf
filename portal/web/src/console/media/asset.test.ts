import { describe, expect, it } from "vitest";
import { keysShownBy } from "../view/shape";
import { mediaFor } from "./asset";

const cloud = { cid: "bafycloud", mime: "application/x-pcd" };
const camera = { image: { cid: "bafyimage", mime: "image/png" }, intrinsics: Array(9).fill(1), extrinsics: Array(16).fill(1) };
const shown = { kind: "cloud", cloud, cameras: [camera] };

describe("the cameras of a cloud", () => {
  const beside = { id: "1", data: { cloud, cameras: [camera, { image: "no camera" }] } };
  const within = { id: "1", data: { scan: { cloud, cameras: [camera] }, cameras: [] } };

  it.each([
    ["an item that is a cloud", undefined, beside],
    ["a target with the cameras beside it", "cloud", beside],
    ["a target with cameras of its own", "scan", within],
    ["a scan that is named otherwise", undefined, { id: "1", data: { scan: cloud, cameras: [camera] } }],
  ])("are those of %s", (_, target, item) => {
    expect(mediaFor({ type: "cuboid", target }, item)).toEqual(shown);
  });

  it("are not shown once more by themselves", () => {
    expect(keysShownBy({ name: "cars", type: "cuboid", target: "cloud", labels: [] }, beside)).toEqual(["cloud", "cameras"]);
  });
});
