import { hold, reveal, slide, toTime, toX, zoom, type Window } from "./window";

/**
 * What of a recording is on the screen, and where its playhead is. Both change
 * many times a second, so they live outside React.
 */
export class TimeView {
  window: Window;
  playhead: number;
  /** CSS pixels across. */
  width = 1;
  private readonly movers = new Set<() => void>();
  private readonly painters = new Set<() => void>();

  constructor(readonly all: Window, private readonly least: number) {
    this.window = all;
    this.playhead = all.from;
  }

  /** Tells when another part is on the screen. */
  onMove = (listener: () => void) => {
    this.movers.add(listener);
    return () => void this.movers.delete(listener);
  };

  /** Tells when the playhead or what is drawn changed, too. */
  onPaint = (listener: () => void) => {
    this.painters.add(listener);
    return () => void this.painters.delete(listener);
  };

  repaint = () => this.painters.forEach((paint) => paint());

  toX = (time: number) => toX(this.window, time, this.width);
  toTime = (x: number) => toTime(this.window, x, this.width);
  /** How long a number of CSS pixels is. */
  reach = (px: number) => ((this.window.to - this.window.from) / this.width) * px;

  show = (window: Window) => {
    this.window = hold(window, this.all, this.least);
    this.movers.forEach((tell) => tell());
    this.repaint();
  };

  zoom = (factor: number, at: number = this.anchor()) => this.show(zoom(this.window, factor, at));
  slide = (by: number) => this.show(slide(this.window, by));
  whole = () => this.show(this.all);

  /** Moves the playhead and takes the window along. */
  seek = (time: number) => {
    this.playhead = Math.min(Math.max(time, this.all.from), this.all.to);
    const next = reveal(this.window, this.playhead);
    if (next === this.window) this.repaint();
    else this.show(next);
  };

  private anchor(): number {
    const { from, to } = this.window;
    return this.playhead >= from && this.playhead <= to ? this.playhead : (from + to) / 2;
  }
}

/** What the commands of zooming do on a recording. */
export const timeZoomHandlers = (view: TimeView) => ({
  "media.zoom_in": () => view.zoom(1.5),
  "media.zoom_out": () => view.zoom(1 / 1.5),
  "media.fit": view.whole,
});
