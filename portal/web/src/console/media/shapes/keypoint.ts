import type { Keypoint } from "@/records/form";
import { toPixels } from "@/records/units";
import { place } from "../plane/geometry";
import type { Shape } from "./shape";

export const keypointShape: Shape<Keypoint> = {
  outline: (r) => [{ x: toPixels(r.x), y: toPixels(r.y) }],
  handles: (r) => [{ at: { x: toPixels(r.x), y: toPixels(r.y) }, kind: "corner", cursor: "move" }],
  drag: (r, _, to) => ({ ...r, x: place(to.x), y: place(to.y) }),
  move: (r, by) => ({ ...r, x: place(toPixels(r.x) + by.x), y: place(toPixels(r.y) + by.y) }),
  draw: (label, [p]) => (p ? { label, x: place(p.x), y: place(p.y) } : undefined),
  points: 1,
  fields: [
    { name: "x", step: 1, get: (r) => toPixels(r.x), set: (r, v) => ({ ...r, x: place(v) }) },
    { name: "y", step: 1, get: (r) => toPixels(r.y), set: (r, v) => ({ ...r, y: place(v) }) },
  ],
};
