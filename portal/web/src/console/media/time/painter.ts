import type { TimeView } from "./timeview";

/** Colours of the page, for canvases. */
export interface Ink { ink: string; muted: string; line: string; accent: string; ground: string; bad: string }

export type PaintTime = (ctx: CanvasRenderingContext2D, view: TimeView, height: number, ink: Ink) => void;

export function inkOf(element: Element): Ink {
  const style = getComputedStyle(element);
  const probe = document.createElement("span");
  element.append(probe);
  const color = (name: string) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color || style.color;
  };
  const ink = { ink: color("ink"), muted: color("muted"), line: color("line"), accent: color("accent"), ground: color("raised"), bad: color("bad") };
  probe.remove();
  return ink;
}

/** Paints a recording once a frame, and its lower layer only when the window moved. */
export class TimePainter {
  private base: PaintTime | undefined;
  private over: PaintTime | undefined;
  private stale = true;
  private frame = 0;
  private readonly leave: (() => void)[];
  private ink: Ink | undefined;
  private readonly scheme = window.matchMedia("(prefers-color-scheme: dark)");
  private readonly theme = new MutationObserver(() => this.recolour());

  constructor(private readonly view: TimeView, private readonly lower: HTMLCanvasElement, private readonly upper: HTMLCanvasElement) {
    this.leave = [view.onMove(this.moved), view.onPaint(this.mark)];
    this.scheme.addEventListener("change", this.recolour);
    this.theme.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  }

  use(base: PaintTime | undefined, over: PaintTime) {
    this.stale ||= base !== this.base;
    this.base = base;
    this.over = over;
    this.mark();
  }

  stop() {
    cancelAnimationFrame(this.frame);
    this.scheme.removeEventListener("change", this.recolour);
    this.theme.disconnect();
    this.leave.forEach((leave) => leave());
  }

  private readonly recolour = () => {
    this.ink = undefined;
    this.moved();
  };

  private readonly moved = () => {
    this.stale = true;
    this.mark();
  };

  private readonly mark = () => {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      const ink = (this.ink ??= inkOf(this.upper.parentElement ?? this.upper));
      if (this.stale && this.base) this.layer(this.lower, this.base, ink);
      this.stale = false;
      if (this.over) this.layer(this.upper, this.over, ink);
    });
  };

  private layer(canvas: HTMLCanvasElement, paint: PaintTime, ink: Ink) {
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    const { clientWidth, clientHeight } = canvas;
    const [w, h] = [Math.round(clientWidth * ratio), Math.round(clientHeight * ratio)];
    if (w < 1 || h < 1) return;
    if (canvas.width !== w || canvas.height !== h) Object.assign(canvas, { width: w, height: h });
    const ctx = canvas.getContext("2d");
    if (!ctx) return;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.clearRect(0, 0, clientWidth, clientHeight);
    paint(ctx, this.view, clientHeight, ink);
  }
}
