import { distance, fromLine, inside, sub } from "../plane/geometry";
import type { Tool, Touch } from "../plane/pointer";
import type { Point, Size } from "../plane/view";
import { standsAt, withinPicture, type Handle, type Shape } from "./shape";

export type Mode = "draw" | "select";

/** What a drawing is made on, as it is now. */
export interface Board<R> {
  shape: Shape<R>;
  size: Size;
  /** Regions that are to be seen, the last on top. */
  regions: readonly R[];
  selected: R | undefined;
  label: string;
  mode: Mode;
  readOnly: boolean;
  /** Pixels of the picture that an arrow moves by. */
  step: number;
  /** CSS pixels of a pixel of the picture. */
  scale: () => number;
  isLocked: (r: R) => boolean;
  add: (r: R) => void;
  update: (old: R, now: R, gesture?: string) => void;
  select: (r: R | undefined) => void;
  repaint: () => void;
}

type Gesture<R> =
  | { kind: "handle"; old: R; handle: number }
  | { kind: "move"; old: R; from: Point }
  | { kind: "draw"; from: Point };

/** How far a pointer goes before it drags, as a share of its reach. */
const slack = 0.4;

/** The tool that draws, selects and edits regions of one shape. */
export class Drawing<R> implements Tool {
  /** Points set of the region being drawn, and the one under the pointer. */
  points: Point[] = [];
  loose: Point | undefined;
  /** A region while it is dragged: in the place of the old one. */
  edited: { old: R; now: R } | undefined;
  private gesture: Gesture<R> | undefined;
  private begun: Point | undefined;
  private moved = false;

  constructor(private current: Board<R>) {}

  /** Goes on with the board as it is now. */
  use(board: Board<R>) {
    this.current = board;
  }

  private readonly board = () => this.current;

  /** The region as drawn so far. */
  get draft(): R | undefined {
    const { shape, label } = this.board();
    return this.points.length > 0 ? shape.draw(label, this.loose ? [...this.points, this.loose] : this.points) : undefined;
  }

  press(touch: Touch): boolean {
    const { readOnly, mode } = this.board();
    this.begun = touch.at;
    this.moved = false;
    this.gesture = this.points.length > 0 ? { kind: "draw", from: touch.at } : this.grip(touch);
    if (!this.gesture && mode === "draw" && !readOnly) this.gesture = { kind: "draw", from: touch.at };
    if (this.gesture) return true;
    const hit = this.hit(touch);
    if (!hit) this.board().select(undefined);
    return false;
  }

  /** What there is to take hold of: a handle, or in select mode a region. */
  private grip(touch: Touch): Gesture<R> | undefined {
    const { selected, shape, readOnly, mode, isLocked, regions } = this.board();
    if (selected && !readOnly && !isLocked(selected) && regions.includes(selected)) {
      const handle = this.handleAt(selected, touch);
      if (handle >= 0 && touch.alt) return this.cutCorner(selected, handle);
      if (handle >= 0) return { kind: "handle", old: selected, handle };
    }
    const hit = this.hit(touch);
    if (!hit || (mode === "draw" && shape.points !== 1)) return undefined;
    if (hit !== selected) this.board().select(hit);
    return readOnly || isLocked(hit) ? undefined : { kind: "move", old: hit, from: touch.at };
  }

  private cutCorner(selected: R, handle: number): undefined {
    const { shape, update } = this.board();
    const less = shape.without?.(selected, handle);
    if (less) update(selected, less);
    return undefined;
  }

  drag(touch: Touch) {
    const { gesture, begun } = this;
    if (!gesture || !begun) return;
    this.moved ||= distance(touch.at, begun) > touch.reach * slack;
    if (!this.moved) return;
    const { shape, size, repaint } = this.board();
    const to = withinPicture(touch.at, size);
    if (gesture.kind === "handle") this.edited = { old: gesture.old, now: shape.drag(gesture.old, gesture.handle, to) };
    if (gesture.kind === "move") this.edited = { old: gesture.old, now: this.shifted(gesture.old, sub(touch.at, gesture.from)) };
    if (gesture.kind === "draw") {
      if (shape.points === 2 && this.points.length === 0) this.points = [withinPicture(gesture.from, size)];
      this.loose = to;
    }
    repaint();
  }

  release(touch: Touch) {
    const { gesture, edited, moved } = this;
    this.gesture = undefined;
    this.edited = undefined;
    if (!gesture) return;
    if (gesture.kind !== "draw") {
      if (edited && moved) this.board().update(edited.old, edited.now);
    } else if (moved && this.board().shape.points === 2) {
      this.finish(touch.at);
    } else {
      this.click(touch);
    }
    this.board().repaint();
  }

  /** A click selects what is under it, unless it sets a point. */
  private click(touch: Touch) {
    const { shape, select } = this.board();
    const hit = this.points.length === 0 && shape.points === 2 ? this.hit(touch) : undefined;
    if (hit) select(hit);
    else this.tap(touch);
  }

  tap(touch: Touch) {
    const { shape, size, readOnly, mode, select } = this.board();
    const at = withinPicture(touch.at, size);
    if (readOnly || mode === "select") return select(this.hit(touch));
    const first = this.points[0];
    if (first && shape.points === Infinity && this.points.length > 2 && distance(first, at) <= touch.reach) return this.finish();
    if (this.points.length + 1 >= shape.points) return this.finish(at);
    const last = this.points.at(-1);
    if (!last || distance(last, at) > 0) this.points = [...this.points, at];
    this.loose = at;
    this.board().repaint();
  }

  /** Makes a region of the points set, with one more where it is given. */
  finish(at?: Point) {
    const { shape, label, size, add, repaint } = this.board();
    const points = at ? [...this.points, withinPicture(at, size)] : this.points;
    const drawn = shape.draw(label, points);
    this.cancel();
    if (drawn) add(drawn);
    repaint();
  }

  double() {
    if (this.board().shape.points === Infinity && this.points.length > 2) this.finish();
  }

  cancel() {
    this.points = [];
    this.loose = undefined;
    this.edited = undefined;
    this.gesture = undefined;
    this.board().repaint();
  }

  back() {
    this.points = this.points.slice(0, -1);
    if (this.points.length === 0) this.loose = undefined;
    this.board().repaint();
  }

  hover(touch: Touch): string {
    const { selected, mode, readOnly, regions, repaint, shape } = this.board();
    if (this.points.length > 0) {
      this.loose = touch.at;
      repaint();
      return "crosshair";
    }
    const held = selected && !readOnly && regions.includes(selected) ? shape.handles(selected)[this.handleAt(selected, touch)] : undefined;
    if (held) return held.cursor;
    if (mode === "draw" && !readOnly) return "crosshair";
    return this.hit(touch) ? "pointer" : "grab";
  }

  nudge(way: Point, { far, grow }: { far: boolean; grow: boolean }): boolean {
    const { selected, readOnly, step, shape, update, isLocked } = this.board();
    if (!selected || readOnly || this.points.length > 0 || isLocked(selected)) return false;
    const by = { x: way.x * step * (far ? 10 : 1), y: way.y * step * (far ? 10 : 1) };
    update(selected, grow && shape.grow ? shape.grow(selected, by) : this.shifted(selected, by), "nudge");
    return true;
  }

  /** A region moved, but not out of the picture. */
  private shifted(r: R, by: Point): R {
    const { shape, size } = this.board();
    const ring = shape.outline(r);
    const keep = (way: number, places: number[], end: number) => {
      const [low, high] = [Math.min(...places), Math.max(...places)];
      return Math.min(Math.max(way, Math.min(-low, 0)), Math.max(end - high, 0));
    };
    return shape.move(r, { x: keep(by.x, ring.map((p) => p.x), size.w), y: keep(by.y, ring.map((p) => p.y), size.h) });
  }

  private handleAt(r: R, { at, reach }: Touch): number {
    const { shape, scale } = this.board();
    const all = shape.handles(r);
    const near = (h: Handle) => distance(standsAt(h, scale()), at) <= reach;
    const first = all.findIndex((h) => h.kind === "corner" && near(h));
    return first >= 0 ? first : all.findIndex(near);
  }

  /** The topmost region at a place; the smallest where several lie inside each other. */
  hit({ at, reach }: Touch): R | undefined {
    const { regions, shape, selected } = this.board();
    const found = regions.filter((r) => touches(shape.outline(r), at, reach));
    if (selected && found.includes(selected) && found.length > 1) return found[(found.indexOf(selected) + 1) % found.length];
    return found.toSorted((a, b) => extentOf(shape.outline(a)) - extentOf(shape.outline(b)))[0];
  }
}

function touches(ring: readonly Point[], at: Point, reach: number): boolean {
  const [first] = ring;
  if (!first) return false;
  if (ring.length === 1) return distance(first, at) <= reach;
  return inside(at, ring) || ring.some((p, i) => fromLine(at, p, ring[(i + 1) % ring.length] ?? p) <= reach / 2);
}

function extentOf(ring: readonly Point[]): number {
  const xs = ring.map((p) => p.x);
  const ys = ring.map((p) => p.y);
  return (Math.max(...xs) - Math.min(...xs)) * (Math.max(...ys) - Math.min(...ys));
}
