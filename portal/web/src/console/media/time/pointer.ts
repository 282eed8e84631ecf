import type { TimeView } from "./timeview";

/** What a recording does with pointers and keys; times are in records' units. */
export interface TimeTool {
  /** A pointer came down; false: the recording slides instead. */
  press: (time: number, reach: number, y: number) => boolean;
  drag: (time: number) => void;
  release: (time: number) => void;
  cancel: () => void;
  hover: (time: number, reach: number, y: number) => string;
  arrow: (way: 1 | -1, how: { far: boolean; end: boolean }) => void;
}

const reachOf = (event: PointerEvent) => (event.pointerType === "touch" ? 18 : 6);
const wheelStep = 1.0018;

/** Turns pointer and wheel events into moves of the window and calls of the tool. */
export class TimePointer {
  private readonly down = new Map<number, number>();
  private mode: "idle" | "tool" | "slide" | "pinch" = "idle";
  private readonly stopped = new AbortController();

  constructor(private readonly frame: HTMLElement, private readonly view: TimeView, private readonly tool: () => TimeTool) {
    const { signal } = this.stopped;
    const listen = <K extends keyof HTMLElementEventMap>(name: K, act: (event: HTMLElementEventMap[K]) => void) =>
      frame.addEventListener(name, act, { signal, passive: false });
    listen("pointerdown", (e) => this.press(e));
    listen("pointermove", (e) => this.move(e));
    listen("pointerup", (e) => this.lift(e));
    listen("pointercancel", (e) => this.lift(e));
    listen("wheel", (e) => this.wheel(e));
    listen("contextmenu", (e) => e.preventDefault());
  }

  stop() {
    this.stopped.abort();
  }

  private place(event: MouseEvent): { x: number; y: number } {
    const box = this.frame.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  private press(event: PointerEvent) {
    this.frame.focus({ preventScroll: true });
    this.frame.setPointerCapture(event.pointerId);
    const { x, y } = this.place(event);
    this.down.set(event.pointerId, x);
    if (this.down.size === 2) {
      if (this.mode === "tool") this.tool().cancel();
      this.mode = "pinch";
    } else if (this.down.size === 1) {
      const plain = event.button === 0 && !event.ctrlKey && !event.shiftKey;
      this.mode = plain && this.tool().press(this.view.toTime(x), this.view.reach(reachOf(event)), y) ? "tool" : "slide";
    }
    event.preventDefault();
  }

  private move(event: PointerEvent) {
    const { x, y } = this.place(event);
    const before = this.down.get(event.pointerId);
    if (before === undefined) {
      this.frame.style.cursor = this.tool().hover(this.view.toTime(x), this.view.reach(reachOf(event)), y);
      return;
    }
    if (this.mode === "pinch") this.pinch(event.pointerId, x);
    this.down.set(event.pointerId, x);
    if (this.mode === "slide") this.view.slide(this.view.reach(before - x));
    if (this.mode === "tool") this.tool().drag(this.view.toTime(x));
  }

  private pinch(id: number, now: number) {
    const before = this.down.get(id);
    const still = [...this.down].find(([other]) => other !== id)?.[1];
    if (before === undefined || still === undefined) return;
    this.view.zoom(Math.max(Math.abs(now - still), 8) / Math.max(Math.abs(before - still), 8), this.view.toTime((before + still) / 2));
    this.view.slide(this.view.reach((before - now) / 2));
  }

  private lift(event: PointerEvent) {
    if (!this.down.delete(event.pointerId)) return;
    if (this.mode === "tool" && event.type === "pointercancel") this.tool().cancel();
    else if (this.mode === "tool") this.tool().release(this.view.toTime(this.place(event).x));
    if (this.down.size === 0 || this.mode === "tool") this.mode = "idle";
  }

  private wheel(event: WheelEvent) {
    event.preventDefault();
    const unit = event.deltaMode === 1 ? 30 : 1;
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) this.view.slide(this.view.reach((event.deltaX || event.deltaY) * unit));
    else this.view.zoom(wheelStep ** -(event.deltaY * unit), this.view.toTime(this.place(event).x));
  }
}
