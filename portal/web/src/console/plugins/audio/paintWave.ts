import { rulerHeight } from "../../media/time/paint";
import type { PaintTime } from "../../media/time/painter";
import { columns, type Peaks } from "./peaks";

/** A painter of the waveform. */
export function wavePainter(peaks: Peaks): PaintTime {
  return (ctx, view, height, ink) => {
    const width = Math.max(1, Math.floor(view.width));
    const wave = columns(peaks, view.window, width);
    const middle = (height + rulerHeight) / 2;
    const half = (height - rulerHeight) / 2 - 4;
    ctx.fillStyle = ink.accent;
    for (let x = 0; x < width; x++) {
      const top = middle - (wave[2 * x + 1] ?? 0) * half;
      ctx.fillRect(x, top, 1, Math.max(1, middle - (wave[2 * x] ?? 0) * half - top));
    }
  };
}
