import { fit, frame, hold, pan, zoomAt, type Point, type Size, type View } from "./view";

/** The layers of a stage: what is shown, and what is drawn on it. */
export type Layer = "base" | "over";

/**
 * The view of one stage. It changes many times a second, so it lives outside
 * React: the stage paints from it, and whoever shows the zoom subscribes.
 */
export class Viewport {
  view: View = { scale: 1, x: 0, y: 0 };
  screen: Size = { w: 0, h: 0 };
  private picture: Size = { w: 1, h: 1 };
  private fitted = true;
  private readonly listeners = new Set<() => void>();
  private readonly painters = new Set<(layer: Layer) => void>();

  subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** Tells who paints that what is drawn changed, though the view did not. */
  repaint = () => this.painters.forEach((paint) => paint("over"));

  /** Tells who paints that what is shown changed, as the next frame of a film does. */
  repaintBase = () => this.painters.forEach((paint) => paint("base"));

  onRepaint = (paint: (layer: Layer) => void) => {
    this.painters.add(paint);
    return () => void this.painters.delete(paint);
  };

  /** The zoom in percent. */
  percent = () => Math.round(this.view.scale * 100);

  /** Another picture is shown whole; the same one keeps its view. */
  show(picture: Size) {
    if (picture.w === this.picture.w && picture.h === this.picture.h) return;
    this.picture = picture;
    this.fit();
  }

  resize(screen: Size) {
    this.screen = screen;
    if (this.fitted) this.fit();
    else this.set(this.view);
  }

  fit = () => {
    this.set(fit(this.picture, this.screen));
    this.fitted = true;
  };

  frame = (from: Point, part: Size) => this.set(frame(from, part, this.screen));

  pan = (dx: number, dy: number) => this.set(pan(this.view, dx, dy));

  zoom = (factor: number, at: Point = { x: this.screen.w / 2, y: this.screen.h / 2 }) => {
    const least = Math.min(fit(this.picture, this.screen).scale / 2, 1);
    this.set(zoomAt(this.view, factor, at, least));
  };

  private set(view: View) {
    this.fitted = false;
    this.view = hold(view, this.picture, this.screen);
    for (const listener of this.listeners) listener();
  }
}
