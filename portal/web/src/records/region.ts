import { bounds } from "./bounds";
import type { Box, Control, Cuboid, Interval, Keypoint, Mask, Polygon, Track } from "./form";
import { checkText, offers } from "./plain";
import { Refusal, within } from "./refusal";
import { compareText, spell } from "./spell";

const most = bounds.place;

function place(x: number, y: number) {
  within("x", x, -most, most);
  within("y", y, -most, most);
}

function extent(w: number, h: number) {
  within("w", w, 1, most);
  within("h", h, 1, most);
}

const angle = (name: string, n: number) => within(name, n, 1 - bounds.angle, bounds.angle);

export function checkBox(r: Box) {
  place(r.x, r.y);
  extent(r.w, r.h);
  angle("rot", r.rot ?? 0);
}

export function checkPolygon(r: Polygon) {
  if (r.points.length < 3 || r.points.length > bounds.points) {
    throw new Refusal("points", { value: r.points.length, low: 3, high: bounds.points });
  }
  for (const [x, y] of r.points) place(x, y);
}

export function checkKeypoint(r: Keypoint) {
  place(r.x, r.y);
}

export function checkMask(r: Mask) {
  const [h, w] = r.size;
  within("height", h, 1, bounds.pixels);
  within("width", w, 1, bounds.pixels);
  within("pixels", h * w, 1, bounds.pixels);
  if (r.counts.length > bounds.runs) throw new Refusal("count", { value: r.counts.length, high: bounds.runs });
  r.counts.forEach((n, i) => within("run", n, i === 0 ? 0 : 1, h * w));
  const sum = r.counts.reduce((a, b) => a + b, 0);
  if (sum !== h * w) throw new Refusal("mask", { value: sum, want: h * w });
}

export function checkInterval(r: Interval) {
  within("start", r.start, -bounds.time, bounds.time);
  within("end", r.end, r.start, bounds.time);
  checkText(r.text ?? "");
}

export function checkTrack(r: Track) {
  const n = r.frames.length;
  if (n < 1 || n > bounds.points) throw new Refusal("points", { value: n, low: 1, high: bounds.points });
  let after = 0;
  for (const f of r.frames) {
    within("f", f.f, after, most);
    after = f.f + 1;
    place(f.x, f.y);
    extent(f.w, f.h);
  }
}

export function checkCuboid(r: Cuboid) {
  place(r.x, r.y);
  within("z", r.z, -most, most);
  within("l", r.l, 1, most);
  extent(r.w, r.h);
  angle("yaw", r.yaw);
}

/** Holds regions against their control and their order. */
export function checkRegions<R extends { label: string }>(control: Control, regions: R[], check: (region: R) => void) {
  if (regions.length > bounds.regions) throw new Refusal("count", { value: regions.length, high: bounds.regions });
  let before = "";
  regions.forEach((region, i) => {
    offers(control, region.label);
    check(region);
    const spelled = spell(region);
    if (i > 0 && compareText(before, spelled) >= 0) throw new Refusal("order", { value: i });
    before = spelled;
  });
}

/** Puts regions in the order of their bytes and drops repeated ones. */
export function sortRegions<R>(regions: R[]): R[] {
  const spelled = regions.map((region) => ({ region, text: spell(region) }));
  spelled.sort((a, b) => compareText(a.text, b.text));
  return spelled.filter(({ text }, i) => text !== spelled[i - 1]?.text).map(({ region }) => region);
}
