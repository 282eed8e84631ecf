import type { Box, Cuboid } from "@/records/form";
import { fromRadians, perPixel, toRadians } from "@/records/units";
import { boxShape } from "../../media/shapes/box";
import type { NumberField, Shape } from "../../media/shapes/shape";
import type { Point, Size } from "../../media/plane/view";
import type { Cloud } from "./points";
import { extent, place, solid, toWorld, turned, type Solid, type Vec } from "./solid";

/**
 * A flat view of a cloud. Its picture is in centimetres from a corner, so that
 * the stage and the box tools of images serve it as they are: in every view a
 * cuboid is a box, from above a turned one.
 */
export interface Plan {
  size: Size;
  /** Where a place of the world lies on the picture. */
  flat: (p: Vec) => Point;
  /** The point of the world under the picture's corner, and its axes. */
  origin: Vec;
  right: Vec;
  up: Vec;
  shape: Shape<Cuboid>;
}

const cm = 100;
const margin = 5;

/** The height and thickness of a cuboid that was drawn from above, in metres, until it is fitted. */
const fresh = { z: 0, h: 1.6 };

function plan(origin: Vec, right: Vec, up: Vec, size: Size): Omit<Plan, "shape"> {
  const dot = (a: Vec, b: Vec) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  const flat = ([x, y, z]: Vec): Point => {
    const d: Vec = [x - origin[0], y - origin[1], z - origin[2]];
    return { x: dot(d, right) * cm, y: -dot(d, up) * cm };
  };
  return { size, flat, origin, right, up };
}

const spread = (low: number, high: number) => (high - low + 2 * margin) * cm;

/** From above: x to the right, y up. */
export function topPlan(cloud: Cloud): Plan {
  const { low, high } = cloud;
  const origin: Vec = [low[0] - margin, high[1] + margin, 0];
  const size = { w: spread(low[0], high[0]), h: spread(low[1], high[1]) };
  const base = plan(origin, [1, 0, 0], [0, 1, 0], size);
  const toBox = (c: Cuboid): Box => {
    const s = solid(c);
    const corner = base.flat(toWorld(s, [-s.half[0], s.half[1], 0]));
    return box(c, corner, s.half[0] * 2, s.half[1] * 2, -toRadians(c.yaw));
  };
  const fromBox = (c: Cuboid, b: Box): Cuboid => {
    const yaw = -toRadians(b.rot ?? 0);
    const [l, w] = [metres(b.w), metres(b.h)];
    const at = { centre: [origin[0] + metres(b.x), origin[1] - metres(b.y), 0] as Vec, half: [0, 0, 0] as Vec, cos: Math.cos(yaw), sin: Math.sin(yaw) };
    const [x, y] = toWorld(at, [l / 2, -w / 2, 0]);
    return { ...c, x: place(x), y: place(y), l: extent(l), w: extent(w), yaw: fromRadians(yaw) };
  };
  return { ...base, shape: shapeOf(toBox, fromBox, "drawn") };
}

/** From the side ("along" the length) or from behind ("across"), on the axes of a cuboid or of the world. */
export function sidePlan(cloud: Cloud, way: "along" | "across", around?: Cuboid): Plan {
  const s = around ? solid(around) : worldSolid(cloud);
  const right: Vec = way === "along" ? [s.cos, s.sin, 0] : [s.sin, -s.cos, 0];
  const half = around ? Math.max(...s.half) * 1.5 + 2 : Math.max(s.half[0], s.half[1]) + margin;
  const high = around ? half : s.half[2] + margin;
  const origin: Vec = [s.centre[0] - right[0] * half, s.centre[1] - right[1] * half, s.centre[2] + high];
  const base = plan(origin, right, [0, 0, 1], { w: half * 2 * cm, h: high * 2 * cm });
  const axis = way === "along" ? 0 : 1;
  const toBox = (c: Cuboid): Box => {
    const own = solid(c);
    const middle = base.flat(own.centre);
    const [wide, tall] = [own.half[axis], own.half[2]];
    return box(c, { x: middle.x - wide * cm, y: middle.y - tall * cm }, wide * 2, tall * 2, 0);
  };
  const fromBox = (c: Cuboid, b: Box): Cuboid => resized(c, base, axis, b);
  return { ...base, shape: shapeOf(toBox, fromBox, "edited") };
}

/** The cuboid that a box in a side view makes of one: its size and place along the view's axes. */
function resized(c: Cuboid, view: Omit<Plan, "shape">, axis: 0 | 1, b: Box): Cuboid {
  const own = solid(c);
  const old = view.flat(own.centre);
  const across = (metres(b.x + b.w / 2) - old.x / cm) * (axis === 0 ? 1 : -1);
  const up = old.y / cm - metres(b.y + b.h / 2);
  const [x, y, z] = toWorld(own, axis === 0 ? [across, 0, up] : [0, across, up]);
  const size = axis === 0 ? { l: extent(metres(b.w)) } : { w: extent(metres(b.w)) };
  return { ...c, x: place(x), y: place(y), z: place(z), h: extent(metres(b.h)), ...size };
}

function worldSolid({ low, high }: Cloud): Solid {
  const centre = low.map((n, i) => (n + (high[i] ?? n)) / 2) as Vec;
  const half = low.map((n, i) => ((high[i] ?? n) - n) / 2) as Vec;
  return { centre, half, cos: 1, sin: 0 };
}

/** Units of a box as metres. */
const metres = (units: number) => units / perPixel / cm;

function box(c: Cuboid, corner: Point, w: number, h: number, rot: number): Box {
  const unit = (n: number) => Math.round(n * perPixel);
  const angle = fromRadians(rot);
  return { label: c.label, x: unit(corner.x), y: unit(corner.y), w: unit(w * cm), h: unit(h * cm), ...(angle !== 0 && { rot: angle }) };
}

/** The tools of boxes on cuboids. Only from above may one be drawn or turned. */
function shapeOf(toBox: (c: Cuboid) => Box, fromBox: (c: Cuboid, b: Box) => Cuboid, use: "drawn" | "edited"): Shape<Cuboid> {
  return {
    outline: (c) => boxShape.outline(toBox(c)),
    handles: (c) => boxShape.handles(toBox(c)).slice(0, use === "drawn" ? 9 : 8),
    drag: (c, handle, to) => fromBox(c, boxShape.drag(toBox(c), handle, to)),
    move: (c, by) => fromBox(c, boxShape.move(toBox(c), by)),
    grow: (c, by) => fromBox(c, boxShape.grow?.(toBox(c), by) ?? toBox(c)),
    draw: (label, points) => {
      if (use === "edited") return undefined;
      const drawn = boxShape.draw(label, points);
      const blank = { label, x: 0, y: 0, z: place(fresh.z), l: 1, w: 1, h: extent(fresh.h), yaw: 0 };
      return drawn && headed(fromBox(blank, drawn));
    },
    points: 2,
    fields: cuboidFields,
  };
}

/** A new cuboid heads along its longer side. */
function headed(c: Cuboid): Cuboid {
  return c.l >= c.w ? c : { ...turned(c, Math.PI / 2), l: c.w, w: c.l };
}

const field = (name: "x" | "y" | "z" | "l" | "w" | "h"): NumberField<Cuboid> => ({
  name: `cloud.${name}`,
  step: 0.1,
  ...("lwh".includes(name) && { min: 0.001 }),
  get: (c) => c[name] / 1000,
  set: (c, v) => ({ ...c, [name]: "lwh".includes(name) ? extent(v) : place(v) }),
});

export const cuboidFields: readonly NumberField<Cuboid>[] = [
  field("x"), field("y"), field("z"), field("l"), field("w"), field("h"),
  {
    name: "cloud.yaw",
    step: 1,
    get: (c) => (toRadians(c.yaw) * 180) / Math.PI,
    set: (c, v) => ({ ...c, yaw: fromRadians((v * Math.PI) / 180) }),
  },
];

