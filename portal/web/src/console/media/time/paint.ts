import type { Interval } from "@/records/form";
import type { Look } from "../labels";
import { tag } from "../shapes/paint";
import { rows } from "./interval";
import type { Marking } from "./marking";
import type { Ink, PaintTime } from "./painter";
import type { TimeView } from "./timeview";
import type { TimeUnit } from "./unit";
import { ticks } from "./window";

/** CSS pixels of the ruler at the top. */
export const rulerHeight = 22;
const rowHeight = 20;

interface IntervalsProps {
  intervals: readonly Interval[];
  selected: Interval | undefined;
  look: (id: string) => Look;
  dashed: boolean;
  marking: Marking;
  unit: TimeUnit;
}

/** A painter of the ruler, the intervals with their class, and the playhead. */
export function intervalPainter(props: IntervalsProps): PaintTime {
  const row = rows(props.intervals);
  return (ctx, view, height, ink) => {
    ruler(ctx, view, height, { ink, unit: props.unit });
    const { edited, mark } = props.marking;
    props.intervals.forEach((r, i) => {
      const now = edited?.old === r ? edited.now : r;
      if (now.end >= view.window.from && now.start <= view.window.to) band(ctx, view, height, { ...props, r: now, row: row[i] ?? 0, on: r === props.selected });
    });
    if (edited && !edited.old) band(ctx, view, height, { ...props, r: edited.now, row: 0, on: true });
    if (mark !== undefined) upright(ctx, view.toX(mark), height, { color: ink.accent, dash: [4, 3] });
    upright(ctx, view.toX(view.playhead), height, { color: ink.bad });
  };
}

export function ruler(ctx: CanvasRenderingContext2D, view: TimeView, height: number, { ink, unit }: { ink: Ink; unit: TimeUnit }) {
  const { step, at } = ticks(view.window, view.width / 90);
  ctx.font = "11px system-ui, sans-serif";
  ctx.textBaseline = "middle";
  ctx.fillStyle = ink.muted;
  for (const time of at) {
    const x = Math.round(view.toX(time)) + 0.5;
    ctx.globalAlpha = 0.5;
    upright(ctx, x, height, { color: ink.line, width: 1 });
    ctx.globalAlpha = 1;
    ctx.fillText(unit.text(time, step), x + 4, rulerHeight / 2);
  }
  ctx.strokeStyle = ink.line;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.moveTo(0, rulerHeight - 0.5);
  ctx.lineTo(view.width, rulerHeight - 0.5);
  ctx.stroke();
}

type BandProps = IntervalsProps & { r: Interval; row: number; on: boolean };

function band(ctx: CanvasRenderingContext2D, view: TimeView, height: number, { r, row, on, look, dashed }: BandProps) {
  const { color, ...rest } = look(r.label);
  const x = view.toX(r.start);
  const width = Math.max(view.toX(r.end) - x, 2);
  ctx.globalAlpha = on ? 0.38 : 0.22;
  ctx.fillStyle = color;
  ctx.fillRect(x, rulerHeight, width, height - rulerHeight);
  ctx.globalAlpha = 1;
  ctx.setLineDash(dashed ? [6, 4] : []);
  ctx.strokeStyle = color;
  ctx.lineWidth = on ? 3 : 1.5;
  ctx.strokeRect(x, rulerHeight + 1, width, height - rulerHeight - 2);
  ctx.setLineDash([]);
  if (on) for (const grip of [x, x + width]) gripAt(ctx, grip, (height + rulerHeight) / 2);
  if (width < 10) return;
  ctx.save();
  ctx.beginPath();
  ctx.rect(x, 0, Math.max(width, 60), height);
  ctx.clip();
  const y = rulerHeight + 14 + ((row * rowHeight) % Math.max(rowHeight, height - rulerHeight - rowHeight));
  tag(ctx, { x: Math.max(x, 0) + 1, y: y + 10 }, { color, ...rest }, r.text ? `${rest.name}: ${r.text}` : rest.name);
  ctx.restore();
}

function gripAt(ctx: CanvasRenderingContext2D, x: number, y: number) {
  ctx.fillStyle = "#ffffff";
  ctx.strokeStyle = "#101415";
  ctx.lineWidth = 1.5;
  ctx.beginPath();
  ctx.roundRect(x - 4, y - 12, 8, 24, 3);
  ctx.fill();
  ctx.stroke();
}

interface Line { color: string; dash?: number[]; width?: number }

export function upright(ctx: CanvasRenderingContext2D, x: number, height: number, { color, dash = [], width = 2 }: Line) {
  ctx.setLineDash(dash);
  ctx.strokeStyle = color;
  ctx.lineWidth = width;
  ctx.beginPath();
  ctx.moveTo(x, 0);
  ctx.lineTo(x, height);
  ctx.stroke();
  ctx.setLineDash([]);
}
