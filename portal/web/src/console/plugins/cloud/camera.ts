import type { Camera, Cuboid } from "@/records/form";
import type { Point } from "../../media/plane/view";
import { corners, edges, type Vec } from "./solid";

/** Metres before the lens from which something is drawn. */
const near = 0.1;

type Projection = Pick<Camera, "intrinsics" | "extrinsics">;

const at = (m: readonly number[], i: number) => m[i] ?? 0;

/** A place of the cloud on the camera's axes: right, down, ahead. extrinsics are row by row. */
export function toCamera({ extrinsics: e }: Projection, [x, y, z]: Vec): Vec {
  const row = (r: number) => at(e, r) * x + at(e, r + 1) * y + at(e, r + 2) * z + at(e, r + 3);
  return [row(0), row(4), row(8)];
}

/** A place before the camera on its picture. intrinsics are row by row. */
export function onPicture({ intrinsics: k }: Projection, [x, y, z]: Vec): Point {
  return {
    x: (at(k, 0) * x + at(k, 1) * y + at(k, 2) * z) / z,
    y: (at(k, 4) * y + at(k, 5) * z) / z,
  };
}

/** The edges of a cuboid on a camera's picture, cut where they pass behind it. */
export function projected(camera: Projection, c: Cuboid): [Point, Point][] {
  const seen = corners(c).map((p) => toCamera(camera, p));
  return edges.flatMap(([i, j]) => {
    const a = seen[i];
    const b = seen[j];
    const piece = a && b && ahead(a, b);
    return piece ? [[onPicture(camera, piece[0]), onPicture(camera, piece[1])] as [Point, Point]] : [];
  });
}

function ahead(a: Vec, b: Vec): [Vec, Vec] | undefined {
  if (a[2] < near && b[2] < near) return undefined;
  const cut = (from: Vec, to: Vec): Vec => {
    const t = (near - from[2]) / (to[2] - from[2]);
    return [from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1]), near];
  };
  return [a[2] < near ? cut(a, b) : a, b[2] < near ? cut(b, a) : b];
}
