import type { Track } from "@/records/form";
import { inkOn, type Look } from "../../media/labels";
import { ruler, rulerHeight, upright } from "../../media/time/paint";
import type { PaintTime } from "../../media/time/painter";
import type { TimeTool } from "../../media/time/pointer";
import type { TimeUnit } from "../../media/time/unit";
import { seen } from "./track";

export const trackRow = 22;

interface KeysProps {
  tracks: readonly Track[];
  selected: Track | undefined;
  look: (id: string) => Look;
  last: number;
  unit: TimeUnit;
}

/** A painter of tracks in rows: where each is to be seen, and its keyframes. */
export function keyPainter({ tracks, selected, look, last, unit }: KeysProps): PaintTime {
  return (ctx, view, height, ink) => {
    ruler(ctx, view, height, { ink, unit });
    tracks.forEach((track, i) => {
      const { color, name } = look(track.label);
      const y = rulerHeight + i * trackRow;
      ctx.globalAlpha = track === selected ? 0.75 : 0.4;
      ctx.fillStyle = color;
      for (const part of seen(track, last)) {
        const x = view.toX(part.from);
        ctx.fillRect(x, y + 4, Math.max(view.toX(part.to) - x, 2), trackRow - 8);
      }
      ctx.globalAlpha = 1;
      ctx.fillStyle = track === selected ? inkOn(color) : ink.ink;
      ctx.font = "11px system-ui, sans-serif";
      ctx.fillText(name, Math.max(view.toX((track.frames[0]?.f ?? 0) + 0.5), 0) + 9, y + trackRow / 2);
      for (const key of track.frames) diamond(ctx, view.toX(key.f + 0.5), y + trackRow / 2, { fill: key.out ? ink.ground : ink.ink, line: ink.ink });
    });
    upright(ctx, view.toX(view.playhead), height, { color: ink.bad });
  };
}

function diamond(ctx: CanvasRenderingContext2D, x: number, y: number, { fill, line }: { fill: string; line: string }) {
  ctx.beginPath();
  ctx.moveTo(x, y - 5);
  ctx.lineTo(x + 5, y);
  ctx.lineTo(x, y + 5);
  ctx.lineTo(x - 5, y);
  ctx.closePath();
  ctx.fillStyle = fill;
  ctx.fill();
  ctx.strokeStyle = line;
  ctx.lineWidth = 1.5;
  ctx.stroke();
}

interface ScrubbingProps { tracks: readonly Track[]; select: (track: Track) => void; seek: (frame: number) => void; step: (by: number) => void }

/** The tool of the timeline of a film: scrubs, and selects tracks. */
export function scrubbing({ tracks, select, seek, step }: ScrubbingProps): TimeTool {
  return {
    press: (time, _, y) => {
      const track = tracks[Math.floor((y - rulerHeight) / trackRow)];
      if (y > rulerHeight && track) select(track);
      seek(time);
      return true;
    },
    drag: seek,
    release: () => undefined,
    cancel: () => undefined,
    hover: () => "ew-resize",
    arrow: (way, { far }) => step(far ? way * 10 : way),
  };
}
