import type { Mask } from "@/records/form";
import type { Tool, Touch } from "../../media/plane/pointer";
import type { Point, Size } from "../../media/plane/view";
import { decodeMask, encodeMask, emptyColumns, filled, isIn, painted, stroke, type Columns } from "../../media/shapes/mask";

export type BrushMode = "brush" | "eraser" | "fill" | "select";

/** What a brush paints on, as it is now. */
export interface Canvas {
  size: Size;
  masks: readonly Mask[];
  selected: Mask | undefined;
  label: string;
  mode: BrushMode;
  /** In pixels of the picture. */
  radius: number;
  readOnly: boolean;
  isLocked: (m: Mask) => boolean;
  columnsOf: (m: Mask) => Columns;
  add: (m: Mask) => void;
  update: (old: Mask, now: Mask) => void;
  remove: (m: Mask) => void;
  select: (m: Mask | undefined) => void;
  repaint: () => void;
}

/** The tool that paints and erases masks, and fills polygons. */
export class Brush implements Tool {
  /** The selected mask while it is painted on. */
  columns: Columns | undefined;
  ring: Point[] = [];
  pointer: Point | undefined;
  private last: Point | undefined;

  constructor(private current: Canvas) {}

  /** Goes on with the canvas as it is now. */
  use(canvas: Canvas) {
    this.current = canvas;
  }

  private readonly canvas = () => this.current;

  private get paints(): boolean {
    const { mode, readOnly, selected, isLocked } = this.canvas();
    return !readOnly && mode !== "select" && !(selected && isLocked(selected)) && (mode !== "eraser" || selected !== undefined);
  }

  press({ at }: Touch): boolean {
    const { mode } = this.canvas();
    if (!this.paints) {
      this.pick(at);
      return false;
    }
    if (mode === "fill") return true;
    this.begin();
    this.mark(at);
    return true;
  }

  drag({ at }: Touch) {
    this.pointer = at;
    if (this.canvas().mode === "fill") this.canvas().repaint();
    else this.mark(at);
  }

  release(touch: Touch) {
    if (this.canvas().mode === "fill") this.tap(touch);
    else this.commit();
  }

  cancel() {
    this.columns = undefined;
    this.last = undefined;
    this.ring = [];
    this.canvas().repaint();
  }

  hover({ at }: Touch): string {
    this.pointer = at;
    this.canvas().repaint();
    return this.canvas().mode === "select" || !this.paints ? "pointer" : "none";
  }

  tap({ at, reach }: Touch) {
    const { mode } = this.canvas();
    if (!this.paints) return this.pick(at);
    if (mode === "fill") {
      const [first] = this.ring;
      if (first && this.ring.length > 2 && Math.hypot(first.x - at.x, first.y - at.y) <= reach) return this.finish();
      this.ring = [...this.ring, at];
      return this.canvas().repaint();
    }
    this.begin();
    this.mark(at);
    this.commit();
  }

  double() {
    this.finish();
  }

  /** Fills the ring drawn so far. */
  finish() {
    const { size } = this.canvas();
    const { ring } = this;
    this.ring = [];
    if (ring.length > 2) {
      this.begin();
      this.columns = painted(this.columns ?? emptyColumns(size.w), filled(ring), size, "add");
      this.commit();
    }
    this.canvas().repaint();
  }

  nudge(): boolean {
    return false;
  }

  back() {
    this.ring = this.ring.slice(0, -1);
    this.canvas().repaint();
  }

  private begin() {
    const { selected, columnsOf, size } = this.canvas();
    this.columns = selected ? columnsOf(selected) : emptyColumns(size.w);
    this.last = undefined;
  }

  private mark(at: Point) {
    const { mode, radius, size, repaint } = this.canvas();
    if (!this.columns) return;
    this.columns = painted(this.columns, stroke(this.last ?? at, at, radius), size, mode === "eraser" ? "erase" : "add");
    this.last = at;
    repaint();
  }

  private commit() {
    const { selected, size, label, add, update, remove } = this.canvas();
    const { columns } = this;
    this.columns = undefined;
    this.last = undefined;
    if (!columns) return;
    const counts = encodeMask(columns, size.h);
    const mask: Mask = { label: selected?.label ?? label, size: [size.h, size.w], counts };
    if (counts.length < 2) return selected && remove(selected);
    if (selected) update(selected, mask);
    else add(mask);
  }

  /** The topmost mask at a place. */
  hit(at: Point): Mask | undefined {
    const { masks, columnsOf } = this.canvas();
    return masks.findLast((m) => isIn(columnsOf(m), Math.floor(at.x), Math.floor(at.y)));
  }

  private pick(at: Point) {
    this.canvas().select(this.hit(at));
  }
}

/** Reads the columns of masks, of each once; one of another size than the picture has none. */
export function columnReader(size: Size): (m: Mask) => Columns {
  const kept = new WeakMap<Mask, Columns>();
  const read = (m: Mask) => (m.size[0] === size.h && m.size[1] === size.w ? decodeMask(m) : emptyColumns(size.w));
  return (m) => {
    const known = kept.get(m) ?? read(m);
    kept.set(m, known);
    return known;
  };
}
