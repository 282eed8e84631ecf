import type { Window } from "../../media/time/window";

/** Peaks a second: finer than a pixel at any zoom that helps the ear. */
export const peaksPerSecond = 250;

/** The lowest and highest sample of each stretch, in -1 to 1, one after the other. */
export interface Peaks { pairs: Float32Array; perSecond: number; seconds: number }

/** Gathers peaks from samples that come in pieces. */
export class PeakMaker {
  private pairs = new Float32Array(1 << 12);
  private count = 0;
  private low = Infinity;
  private high = -Infinity;
  private samples = 0;
  private next: number;

  constructor(private readonly rate: number) {
    this.next = rate / peaksPerSecond;
  }

  add(sample: number) {
    if (sample < this.low) this.low = sample;
    if (sample > this.high) this.high = sample;
    this.samples++;
    if (this.samples >= this.next) this.flush();
  }

  done(): Peaks {
    if (this.low <= this.high) this.flush();
    return { pairs: this.pairs.slice(0, this.count), perSecond: peaksPerSecond, seconds: this.samples / this.rate };
  }

  private flush() {
    if (this.count + 2 > this.pairs.length) {
      const wider = new Float32Array(this.pairs.length * 2);
      wider.set(this.pairs);
      this.pairs = wider;
    }
    this.pairs[this.count++] = this.low;
    this.pairs[this.count++] = this.high;
    this.low = Infinity;
    this.high = -Infinity;
    this.next += this.rate / peaksPerSecond;
  }
}

/** Peaks of samples that are all there. */
export function peaksOf(samples: Float32Array, rate: number): Peaks {
  const maker = new PeakMaker(rate);
  for (const sample of samples) maker.add(sample);
  return maker.done();
}

/** The lowest and highest of each column of pixels over a window in µs. */
export function columns(peaks: Peaks, window: Window, width: number): Float32Array {
  const out = new Float32Array(width * 2);
  const perColumn = ((window.to - window.from) / 1e6 / width) * peaks.perSecond;
  const first = (window.from / 1e6) * peaks.perSecond;
  const last = peaks.pairs.length / 2;
  for (let x = 0; x < width; x++) {
    const from = Math.max(0, Math.floor(first + x * perColumn));
    const to = Math.min(last, Math.max(from + 1, Math.floor(first + (x + 1) * perColumn)));
    let low = 0;
    let high = 0;
    for (let i = from; i < to; i++) {
      low = Math.min(low, peaks.pairs[2 * i] ?? 0);
      high = Math.max(high, peaks.pairs[2 * i + 1] ?? 0);
    }
    out[2 * x] = low;
    out[2 * x + 1] = high;
  }
  return out;
}
