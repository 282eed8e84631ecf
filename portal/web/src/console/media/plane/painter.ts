import { toScreen, type Point, type Size, type View } from "./view";
import type { Layer, Viewport } from "./viewport";

/** How much care a picture takes: a draft while the view moves, then fine. */
export type Care = "draft" | "fine";

/** Paints in CSS pixels of the screen. */
export type Painter = (ctx: CanvasRenderingContext2D, view: View, screen: Size, care: Care) => void;

/** Paints the last on top. */
export const stacked = (...painters: Painter[]): Painter => (...on) => painters.forEach((paint) => paint(...on));

/** After how long without a move a picture is painted fine, in ms. */
const rest = 140;

/** Paints a stage once a frame, and only the layers that changed. */
export class StagePainter {
  private base: Painter | undefined;
  private over: Painter | undefined;
  private cross: Point | undefined;
  private dirty = { base: true, over: true };
  private frame = 0;
  private timer = 0;
  private care: Care = "fine";
  private readonly leave: (() => void)[];

  constructor(private readonly viewport: Viewport, private readonly lower: HTMLCanvasElement, private readonly upper: HTMLCanvasElement) {
    this.leave = [viewport.subscribe(() => this.moved()), viewport.onRepaint((layer) => this.mark(layer))];
  }

  useBase(base: Painter) {
    this.base = base;
    this.soon();
  }

  useOver(over: Painter, cross: Point | undefined) {
    this.over = over;
    this.cross = cross;
    this.mark("over");
  }

  stop() {
    cancelAnimationFrame(this.frame);
    window.clearTimeout(this.timer);
    this.leave.forEach((leave) => leave());
  }

  private moved() {
    this.soon();
    this.mark("over");
  }

  /** Paints a draft now and with care when nothing more happens. */
  private soon() {
    this.care = "draft";
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      this.care = "fine";
      this.mark("base");
    }, rest);
    this.mark("base");
  }

  private mark(layer: Layer) {
    this.dirty[layer] = true;
    this.frame ||= requestAnimationFrame(() => this.paint());
  }

  private paint() {
    this.frame = 0;
    const { view, screen } = this.viewport;
    if (screen.w < 1 || screen.h < 1) return;
    const { base, over } = this.dirty;
    this.dirty = { base: false, over: false };
    if (base) this.layer(this.lower, (ctx) => this.base?.(ctx, view, screen, this.care));
    if (over) {
      this.layer(this.upper, (ctx) => {
        this.over?.(ctx, view, screen, this.care);
        if (this.cross) crosshair(ctx, toScreen(view, this.cross), screen);
      });
    }
  }

  private layer(canvas: HTMLCanvasElement, paint: (ctx: CanvasRenderingContext2D) => void) {
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    const { screen } = this.viewport;
    const [w, h] = [Math.round(screen.w * ratio), Math.round(screen.h * ratio)];
    if (canvas.width !== w || canvas.height !== h) Object.assign(canvas, { width: w, height: h });
    const ctx = canvas.getContext("2d");
    if (!ctx) return;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.clearRect(0, 0, screen.w, screen.h);
    paint(ctx);
  }
}

function crosshair(ctx: CanvasRenderingContext2D, at: Point, screen: Size) {
  for (const [width, color] of [[3, "#000000"], [1, "#ffffff"]] as const) {
    ctx.lineWidth = width;
    ctx.strokeStyle = color;
    ctx.beginPath();
    ctx.moveTo(0, at.y);
    ctx.lineTo(screen.w, at.y);
    ctx.moveTo(at.x, 0);
    ctx.lineTo(at.x, screen.h);
    ctx.stroke();
  }
}
