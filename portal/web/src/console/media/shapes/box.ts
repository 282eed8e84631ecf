import type { Box } from "@/records/form";
import { fromRadians, toPixels, toRadians } from "@/records/units";
import { add, extent, middle, place, sub, turn } from "../plane/geometry";
import type { Point } from "../plane/view";
import type { Handle, Shape } from "./shape";

/**
 * A box turns about its top left corner, as records say; by its handle it is
 * turned about its middle, which is what the hand expects.
 *
 * Its own axes run along its width and height; handles 0 to 3 are the corners,
 * clockwise from the first, 4 to 7 the edges after each, 8 turns it.
 */
const angleOf = (r: Box) => toRadians(r.rot ?? 0);
const origin = (r: Box): Point => ({ x: toPixels(r.x), y: toPixels(r.y) });
const sizeOf = (r: Box): Point => ({ x: toPixels(r.w), y: toPixels(r.h) });

function outline(r: Box): Point[] {
  const { x: w, y: h } = sizeOf(r);
  const o = origin(r);
  const local = [{ x: 0, y: 0 }, { x: w, y: 0 }, { x: w, y: h }, { x: 0, y: h }];
  return local.map((p) => add(o, turn(p, angleOf(r))));
}

const cursors = ["nwse-resize", "nesw-resize", "nwse-resize", "nesw-resize"];
const edgeCursors = ["ns-resize", "ew-resize", "ns-resize", "ew-resize"];

function handles(r: Box): Handle[] {
  const corners = outline(r);
  const edges = corners.map((p, i) => middle(p, corners[(i + 1) % 4] ?? p));
  const top = edges[0] ?? origin(r);
  return [
    ...corners.map((at, i): Handle => ({ at, kind: "corner", cursor: cursors[i] ?? "move" })),
    ...edges.map((at, i): Handle => ({ at, kind: "edge", cursor: edgeCursors[i] ?? "move" })),
    { at: top, kind: "turn", cursor: "grab", away: turn({ x: 0, y: -1 }, angleOf(r)) },
  ];
}

/** The box over a rectangle given on the axes of another. */
function rebuilt(r: Box, a: Point, b: Point): Box {
  const low = { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y) };
  const corner = add(origin(r), turn(low, angleOf(r)));
  return {
    ...r,
    x: place(corner.x),
    y: place(corner.y),
    w: extent(Math.abs(a.x - b.x) * 1024),
    h: extent(Math.abs(a.y - b.y) * 1024),
  };
}

function resized(r: Box, handle: number, to: Point): Box {
  const p = turn(sub(to, origin(r)), -angleOf(r));
  const { x: w, y: h } = sizeOf(r);
  switch (handle) {
    case 0: return rebuilt(r, p, { x: w, y: h });
    case 1: return rebuilt(r, { x: 0, y: p.y }, { x: p.x, y: h });
    case 2: return rebuilt(r, { x: 0, y: 0 }, p);
    case 3: return rebuilt(r, { x: p.x, y: 0 }, { x: w, y: p.y });
    case 4: return rebuilt(r, { x: 0, y: p.y }, { x: w, y: h });
    case 5: return rebuilt(r, { x: 0, y: 0 }, { x: p.x, y: h });
    case 6: return rebuilt(r, { x: 0, y: 0 }, { x: w, y: p.y });
    default: return rebuilt(r, { x: p.x, y: 0 }, { x: w, y: h });
  }
}

/** The box with another angle, about its middle. */
export function turned(r: Box, rad: number): Box {
  const half = { x: sizeOf(r).x / 2, y: sizeOf(r).y / 2 };
  const centre = add(origin(r), turn(half, angleOf(r)));
  const rot = fromRadians(rad);
  const corner = sub(centre, turn(half, toRadians(rot)));
  const moved: Box = { label: r.label, x: place(corner.x), y: place(corner.y), w: r.w, h: r.h };
  return rot === 0 ? moved : { ...moved, rot };
}

function turnedTo(r: Box, to: Point): Box {
  const half = turn({ x: sizeOf(r).x / 2, y: sizeOf(r).y / 2 }, angleOf(r));
  const d = sub(to, add(origin(r), half));
  return turned(r, Math.atan2(d.y, d.x) + Math.PI / 2);
}

const px = (n: number) => n / 1024;

export const boxShape: Shape<Box> = {
  outline,
  handles,
  drag: (r, handle, to) => (handle === 8 ? turnedTo(r, to) : resized(r, handle, to)),
  move: (r, by) => ({ ...r, x: place(px(r.x) + by.x), y: place(px(r.y) + by.y) }),
  draw: (label, [a, b]) => {
    if (!a || !b || a.x === b.x || a.y === b.y) return undefined;
    return rebuilt({ label, x: place(a.x), y: place(a.y), w: 1, h: 1 }, { x: 0, y: 0 }, sub(b, a));
  },
  points: 2,
  grow: (r, by) => ({ ...r, w: extent(r.w + by.x * 1024), h: extent(r.h + by.y * 1024) }),
  fields: [
    { name: "x", step: 1, get: (r) => px(r.x), set: (r, v) => ({ ...r, x: place(v) }) },
    { name: "y", step: 1, get: (r) => px(r.y), set: (r, v) => ({ ...r, y: place(v) }) },
    { name: "w", step: 1, min: px(1), get: (r) => px(r.w), set: (r, v) => ({ ...r, w: extent(v * 1024) }) },
    { name: "h", step: 1, min: px(1), get: (r) => px(r.h), set: (r, v) => ({ ...r, h: extent(v * 1024) }) },
    { name: "rot", step: 1, get: (r) => (angleOf(r) * 180) / Math.PI, set: (r, v) => turned(r, (v * Math.PI) / 180) },
  ],
};
