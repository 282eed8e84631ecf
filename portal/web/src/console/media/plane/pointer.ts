import { distance, middle } from "./geometry";
import { toPicture, type Point } from "./view";
import type { Viewport } from "./viewport";

/** Where a pointer is, in pixels of the picture, and how near counts as on. */
export interface Touch { at: Point; reach: number; alt?: boolean }

/** What a stage does with pointers and keys. */
export interface Tool {
  /** A pointer came down; false: the stage moves the picture instead. */
  press: (touch: Touch) => boolean;
  drag: (touch: Touch) => void;
  release: (touch: Touch) => void;
  /** The gesture became another one, such as a pinch. */
  cancel: () => void;
  /** The cursor over a place. */
  hover: (touch: Touch) => string;
  /** A point was set by a key, or by a click that ended where it began. */
  tap: (touch: Touch) => void;
  double: () => void;
  /** An arrow moves or grows what is selected; false: nothing is. */
  nudge: (way: Point, how: { far: boolean; grow: boolean }) => boolean;
  /** Takes back the last point of what is being drawn. */
  back: () => void;
}

const reachOf = (event: PointerEvent) => (event.pointerType === "touch" ? 22 : 9);
const wheelStep = 1.0015;

/** Turns pointer and wheel events of a stage into moves of its view and calls of its tool. */
export class StagePointer {
  private readonly down = new Map<number, Point>();
  private mode: "idle" | "tool" | "pan" | "pinch" = "idle";
  private readonly stopped = new AbortController();

  constructor(private readonly frame: HTMLElement, private readonly viewport: Viewport, private readonly tool: () => Tool) {
    const { signal } = this.stopped;
    const listen = <K extends keyof HTMLElementEventMap>(name: K, act: (event: HTMLElementEventMap[K]) => void) =>
      frame.addEventListener(name, act, { signal, passive: false });
    listen("pointerdown", (e) => this.press(e));
    listen("pointermove", (e) => this.move(e));
    listen("pointerup", (e) => this.lift(e));
    listen("pointercancel", (e) => this.lose(e));
    listen("dblclick", () => this.tool().double());
    listen("wheel", (e) => this.wheel(e));
    listen("contextmenu", (e) => e.preventDefault());
  }

  stop() {
    this.stopped.abort();
  }

  /** Where an event is, from the corner of the canvas: inside the frame's border. */
  private place(event: MouseEvent): Point {
    const box = this.frame.getBoundingClientRect();
    return { x: event.clientX - box.left - this.frame.clientLeft, y: event.clientY - box.top - this.frame.clientTop };
  }

  private touch(event: PointerEvent): Touch {
    const { view } = this.viewport;
    return { at: toPicture(view, this.place(event)), reach: reachOf(event) / view.scale, alt: event.altKey };
  }

  private press(event: PointerEvent) {
    this.frame.focus({ preventScroll: true });
    this.frame.setPointerCapture(event.pointerId);
    this.down.set(event.pointerId, this.place(event));
    if (this.down.size === 2) {
      if (this.mode === "tool") this.tool().cancel();
      this.mode = "pinch";
    } else if (this.down.size === 1) {
      const plain = event.button === 0 && !event.ctrlKey && !event.metaKey;
      this.mode = plain && this.tool().press(this.touch(event)) ? "tool" : "pan";
    }
    event.preventDefault();
  }

  private move(event: PointerEvent) {
    const before = this.down.get(event.pointerId);
    const now = this.place(event);
    if (!before) {
      this.frame.style.cursor = this.tool().hover(this.touch(event));
      return;
    }
    if (this.mode === "pinch") this.pinch(event.pointerId, now);
    this.down.set(event.pointerId, now);
    if (this.mode === "pan") this.viewport.pan(now.x - before.x, now.y - before.y);
    if (this.mode === "tool") this.tool().drag(this.touch(event));
  }

  private pinch(id: number, now: Point) {
    const [a, b] = [...this.down.values()];
    const still = [...this.down].find(([other]) => other !== id)?.[1];
    if (!a || !b || !still) return;
    const from = middle(a, b);
    const to = middle(now, still);
    this.viewport.zoom(distance(now, still) / Math.max(distance(a, b), 1), from);
    this.viewport.pan(to.x - from.x, to.y - from.y);
  }

  private lift(event: PointerEvent) {
    if (!this.down.delete(event.pointerId)) return;
    if (this.mode === "tool") this.tool().release(this.touch(event));
    if (this.down.size === 0 || this.mode === "tool") this.mode = "idle";
  }

  private lose(event: PointerEvent) {
    this.down.delete(event.pointerId);
    if (this.mode === "tool") this.tool().cancel();
    if (this.down.size === 0) this.mode = "idle";
  }

  private wheel(event: WheelEvent) {
    event.preventDefault();
    if (event.shiftKey) this.viewport.pan(-(event.deltaX || event.deltaY), 0);
    else this.viewport.zoom(wheelStep ** -(event.deltaMode === 1 ? event.deltaY * 30 : event.deltaY), this.place(event));
  }
}
