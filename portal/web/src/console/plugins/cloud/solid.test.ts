import { describe, expect, it } from "vitest";
import type { Cuboid } from "@/records/form";
import { random } from "../../media/testing";
import { onPicture, projected, toCamera } from "./camera";
import type { Cloud } from "./points";
import { corners, count, fitted, nudged, turned } from "./solid";
import { sidePlan, topPlan } from "./views";

const car: Cuboid = { label: "car", x: 10_000, y: -4_000, z: 500, l: 4_200, w: 1_800, h: 1_500, yaw: 500_000 };
const cloud: Cloud = { positions: new Float32Array(), intensity: new Float32Array(), tiles: new Uint32Array(), low: [-50, -40, -2], high: [60, 45, 8] };

describe("cuboids", () => {
  it("have eight corners about their centre", () => {
    const all = corners(car);
    const mean = [0, 1, 2].map((k) => all.reduce((sum, p) => sum + p[k]!, 0) / 8);
    mean.forEach((m, k) => expect(m).toBeCloseTo([10, -4, 0.5][k]!, 9));
    expect(Math.hypot(all[0]![0] - all[3]![0], all[0]![1] - all[3]![1])).toBeCloseTo(4.2);
  });

  it("count the points within and fit their height to them", () => {
    const points = [[10, -4, 0.1], [10.5, -3.8, 0.9], [10, -4, 3], [20, 0, 0.5]].flat();
    expect(count(car, Float32Array.from(points))).toBe(2);
    const fit = fitted({ ...car, z: 0, h: 100 }, Float32Array.from(points));
    expect([fit.z, fit.h]).toEqual([1550, 2900]);
    expect(fitted(car, Float32Array.from([90, 90, 0]))).toEqual(car);
  });

  it("are nudged along their heading and turned within half a turn", () => {
    const quarter = { ...car, yaw: 1_570_796 };
    expect(nudged(quarter, [1, 0, 0])).toEqual({ ...quarter, y: -3_000 });
    expect(turned({ ...car, yaw: 3_000_000 }, 0.5).yaw).toBe(-2_783_185);
  });
});

describe("flat views", () => {
  it("leave alone what a drag does not touch, to the millimetre", () => {
    const next = random(2);
    for (let i = 0; i < 300; i++) {
      const c = { ...car, x: Math.round(next() * 1e5 - 5e4), l: 1 + Math.round(next() * 9000), yaw: Math.round(next() * 6e6 - 3e6) };
      for (const plan of [topPlan(cloud), sidePlan(cloud, "along", c), sidePlan(cloud, "across", c)])
        for (const key of ["x", "y", "z", "l", "w", "h"] as const)
          expect(Math.abs(plan.shape.move(c, { x: 0, y: 0 })[key] - c[key])).toBeLessThanOrEqual(1);
    }
  });

  it("draw a cuboid from above that heads along its longer side", () => {
    const top = topPlan(cloud);
    const drawn = top.shape.draw("car", [top.flat([0, 0, 0]), top.flat([2, 5, 0])])!;
    expect([drawn.x, drawn.y, drawn.l, drawn.w]).toEqual([1000, 2500, 5000, 2000]);
    expect(Math.abs(drawn.yaw)).toBe(1_570_796);
  });

  it("turn a cuboid from above the way it looks", () => {
    const top = topPlan(cloud);
    const level = { ...car, yaw: 0 };
    const up = top.shape.drag(level, 8, top.flat([10 - 3, -4, 0]));
    expect(up.yaw).toBe(1_570_796);
  });

  it("grow a cuboid at the side that was dragged", () => {
    const view = sidePlan(cloud, "along", car);
    const right = view.shape.handles(car)[5]!.at;
    const longer = view.shape.drag(car, 5, { x: right.x + 100, y: right.y });
    expect(longer.l).toBe(5_200);
    expect(Math.hypot(longer.x - car.x, longer.y - car.y)).toBeCloseTo(500, -1);
    expect([longer.z, longer.h, longer.w]).toEqual([car.z, car.h, car.w]);
  });
});

describe("cameras", () => {
  // A camera at the origin that looks along x: right is -y, down is -z.
  const camera = { intrinsics: [1000, 0, 800, 0, 1000, 450, 0, 0, 1], extrinsics: [0, -1, 0, 0, 0, 0, -1, 0, 1, 0, 0, 0, 0, 0, 0, 1] };

  it("see a point where a pinhole puts it", () => {
    expect(onPicture(camera, toCamera(camera, [10, -1, 2]))).toEqual({ x: 900, y: 250 });
  });

  it("draw twelve edges before the lens, none behind, and cut those between", () => {
    const ahead = { ...car, y: 0 };
    expect(projected(camera, ahead)).toHaveLength(12);
    expect(projected(camera, { ...ahead, x: -10_000 })).toHaveLength(0);
    const cut = projected(camera, { ...ahead, x: 0 });
    expect(cut.length).toBeGreaterThan(3);
    expect(cut.flat().every((p) => Number.isFinite(p.x) && Number.isFinite(p.y))).toBe(true);
  });

  it("see what internal/world draws: rows of the matrix from the cloud to the camera, moved in the last column", () => {
    const sample = { intrinsics: [300, 0, 240, 0, 300, 135, 0, 0, 1], extrinsics: camera.extrinsics };
    const seen = projected(sample, { label: "car", x: 10_000, y: 2_000, z: -850, l: 4_200, w: 1_800, h: 1_500, yaw: 0 }).flat();
    const box = [Math.min(...seen.map((p) => p.x)), Math.min(...seen.map((p) => p.y)), Math.max(...seen.map((p) => p.x)), Math.max(...seen.map((p) => p.y))];
    [129.873, 137.479, 212.727, 195.759].forEach((want, k) => expect(box[k]).toBeCloseTo(want, 3));
    const moved = { ...sample, extrinsics: camera.extrinsics.with(3, 0.5).with(7, -0.25).with(11, 2) };
    expect(toCamera(moved, [10, -1, 2])).toEqual([1.5, -2.25, 12]);
  });
});
