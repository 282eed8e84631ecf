/**
 * The stretch of time on the screen. Time is in the unit of the records:
 * µs of audio and video, the unit of the time column of a series.
 */
export interface Window { from: number; to: number }

export const toX = (w: Window, time: number, width: number): number => ((time - w.from) / (w.to - w.from)) * width;
export const toTime = (w: Window, x: number, width: number): number => w.from + (x / width) * (w.to - w.from);

/** Keeps a window within all there is, and at least as long as asked. */
export function hold(w: Window, all: Window, least: number): Window {
  const whole = all.to - all.from;
  const length = Math.min(Math.max(w.to - w.from, Math.min(least, whole)), whole);
  const from = Math.min(Math.max(w.from, all.from), all.to - length);
  return { from, to: from + length };
}

/** Zooms and keeps what is at a time at its place. */
export function zoom(w: Window, factor: number, at: number): Window {
  return { from: at - (at - w.from) / factor, to: at + (w.to - at) / factor };
}

export const slide = (w: Window, by: number): Window => ({ from: w.from + by, to: w.to + by });

/** The window with a time in it: the same, or one moved to begin near it. */
export function reveal(w: Window, time: number): Window {
  if (time >= w.from && time <= w.to) return w;
  return slide(w, time - w.from - (w.to - w.from) * 0.1);
}

const steps = [1, 2, 5];

/** Round times, at most as many as asked, with the distance between them. */
export function ticks(w: Window, most: number): { step: number; at: number[] } {
  const raw = (w.to - w.from) / Math.max(most, 1);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = (steps.find((s) => s * power >= raw) ?? 10) * power;
  const at: number[] = [];
  for (let t = Math.ceil(w.from / step) * step; t <= w.to && at.length <= most + 1; t += step) at.push(t);
  return { step, at };
}

/** µs as on a clock, with as many decimals as the step between marks needs: "1:02.5". */
export function clock(us: number, step = 1000): string {
  const digits = Math.min(6, Math.max(0, -Math.floor(Math.log10(step / 1e6))));
  const total = Math.max(0, us) / 1e6;
  const rounded = Number(total.toFixed(digits));
  const minutes = Math.floor(rounded / 60);
  const seconds = (rounded - minutes * 60).toFixed(digits).padStart(digits ? digits + 3 : 2, "0");
  const hours = Math.floor(minutes / 60);
  return hours ? `${hours}:${String(minutes % 60).padStart(2, "0")}:${seconds}` : `${minutes}:${seconds}`;
}
