import { inkOn, type Look } from "../labels";
import type { Painter } from "../plane/painter";
import { toScreen, type Point, type View } from "../plane/view";
import type { Drawing } from "./drawing";
import { standsAt, type Handle, type Shape } from "./shape";

/** What is painted over a picture. */
export interface Layer<R> {
  shape: Shape<R>;
  regions: readonly R[];
  selected: R | undefined;
  look: (r: R) => Look;
  /** Drawn dashed: a guess of a machine, or out of sight. */
  dashed: (r: R) => boolean;
  /** A few words more on the tag of a region. */
  note?: (r: R) => string;
  /** How much the inside of a region covers, 0 to 1. */
  opacity: number;
  drawing: Drawing<R>;
  /** A region while it is dragged, where that may be in another view. */
  edited?: () => Drawing<R>["edited"];
  color: string;
}

/** CSS pixels under which a region carries no tag. */
const tagged = 14;

/** A painter of regions, of the one being drawn, and of handles. */
export function shapePainter<R>(layer: Layer<R>): Painter {
  return (ctx, view, screen) => {
    const { points, loose } = layer.drawing;
    const edited = layer.edited ? layer.edited() : layer.drawing.edited;
    for (const r of layer.regions) {
      const now = edited?.old === r ? edited.now : r;
      const ring = layer.shape.outline(now).map((p) => toScreen(view, p));
      if (!onScreen(ring, screen.w, screen.h)) continue;
      region(ctx, ring, layer, r);
    }
    const { selected } = layer;
    if (selected && layer.regions.includes(selected)) {
      handles(ctx, layer.shape.handles(edited?.old === selected ? edited.now : selected), view);
    }
    draft(ctx, layer, (loose ? [...points, loose] : points).map((p) => toScreen(view, p)), view);
  };
}

/** A painter of regions that are not in hand: their lines alone. */
export function quietPainter<R>({ shape, regions, look, dashed }: Pick<Layer<R>, "shape" | "regions" | "look" | "dashed">): Painter {
  return (ctx, view, screen) => {
    for (const r of regions) {
      const ring = shape.outline(r).map((p) => toScreen(view, p));
      const [first] = ring;
      if (!first || !onScreen(ring, screen.w, screen.h)) continue;
      if (ring.length === 1) dot(ctx, first, 3, look(r).color);
      else {
        trace(ctx, ring);
        outline(ctx, look(r).color, 1.5, dashed(r), 0.25);
      }
    }
  };
}

function onScreen(ring: readonly Point[], w: number, h: number): boolean {
  const xs = ring.map((p) => p.x);
  const ys = ring.map((p) => p.y);
  return Math.max(...xs) >= -20 && Math.min(...xs) <= w + 20 && Math.max(...ys) >= -20 && Math.min(...ys) <= h + 20;
}

function trace(ctx: CanvasRenderingContext2D, ring: readonly Point[]) {
  ctx.beginPath();
  ring.forEach((p, i) => (i === 0 ? ctx.moveTo(p.x, p.y) : ctx.lineTo(p.x, p.y)));
  ctx.closePath();
}

function region<R>(ctx: CanvasRenderingContext2D, ring: Point[], layer: Layer<R>, r: R) {
  const look = layer.look(r);
  const selected = r === layer.selected;
  const [first] = ring;
  if (!first) return;
  if (ring.length === 1) corner(ctx, first, look.color, selected);
  else {
    trace(ctx, ring);
    if (layer.opacity > 0) {
      ctx.globalAlpha = layer.opacity;
      ctx.fillStyle = look.color;
      ctx.fill();
      ctx.globalAlpha = 1;
    }
    outline(ctx, look.color, selected ? 3 : 2, layer.dashed(r));
  }
  const top = ring.reduce((a, b) => (b.y < a.y ? b : a));
  if (ring.length === 1 || selected || Math.max(...ring.map((p) => p.x)) - Math.min(...ring.map((p) => p.x)) > tagged) {
    tag(ctx, top, look, `${look.name}${layer.note ? ` ${layer.note(r)}` : ""}`);
  }
}

/** A coloured line on a dark one: seen on any picture. */
export function outline(ctx: CanvasRenderingContext2D, color: string, width: number, dashed: boolean, dark = 0.65) {
  ctx.setLineDash(dashed ? [7, 5] : []);
  ctx.lineJoin = "round";
  ctx.strokeStyle = `rgb(0 0 0 / ${dark})`;
  ctx.lineWidth = width + 2;
  ctx.stroke();
  ctx.strokeStyle = color;
  ctx.lineWidth = width;
  ctx.stroke();
  ctx.setLineDash([]);
}

/** A point in hand, marked if it is the one that counts. */
function corner(ctx: CanvasRenderingContext2D, at: Point, color: string, marked: boolean) {
  dot(ctx, at, marked ? 7 : 5, color, marked ? "#ffffff" : color);
}

function dot(ctx: CanvasRenderingContext2D, at: Point, radius: number, color: string, edge = color) {
  ctx.beginPath();
  ctx.arc(at.x, at.y, radius, 0, 2 * Math.PI);
  ctx.fillStyle = color;
  ctx.fill();
  outline(ctx, edge, 1.5, false);
}

/** The name of a class beside its region. */
export function tag(ctx: CanvasRenderingContext2D, at: Point, look: Look, text: string) {
  ctx.font = "600 12px system-ui, sans-serif";
  ctx.textBaseline = "middle";
  const shown = text.length > 40 ? `${text.slice(0, 39)}…` : text;
  const width = ctx.measureText(shown).width + 8;
  const x = Math.max(0, at.x - 1);
  const y = Math.max(9, at.y - 12);
  ctx.fillStyle = look.color;
  ctx.beginPath();
  ctx.roundRect(x, y - 9, width, 18, 3);
  ctx.fill();
  ctx.fillStyle = inkOn(look.color);
  ctx.fillText(shown, x + 4, y + 0.5);
}

export function handles(ctx: CanvasRenderingContext2D, all: readonly Handle[], view: View) {
  for (const handle of all) {
    const at = toScreen(view, standsAt(handle, view.scale));
    const size = handle.kind === "corner" ? 5 : 4;
    ctx.beginPath();
    if (handle.away) {
      const foot = toScreen(view, handle.at);
      ctx.moveTo(foot.x, foot.y);
      ctx.lineTo(at.x, at.y);
      outline(ctx, "#ffffff", 1, false);
      ctx.beginPath();
    }
    if (handle.kind === "corner") ctx.rect(at.x - size, at.y - size, 2 * size, 2 * size);
    else ctx.arc(at.x, at.y, size, 0, 2 * Math.PI);
    ctx.fillStyle = handle.kind === "middle" ? "rgb(255 255 255 / 0.6)" : "#ffffff";
    ctx.fill();
    ctx.lineWidth = 1.5;
    ctx.strokeStyle = "#101415";
    ctx.stroke();
  }
}

function draft<R>(ctx: CanvasRenderingContext2D, layer: Layer<R>, ring: Point[], view: View) {
  if (ring.length === 0) return;
  const whole = layer.drawing.draft;
  const shown = whole && layer.shape.points === 2 ? layer.shape.outline(whole).map((p) => toScreen(view, p)) : ring;
  trace(ctx, shown);
  outline(ctx, layer.color, 2, false);
  if (layer.shape.points !== 2) ring.slice(0, -1).forEach((p, i) => corner(ctx, p, layer.color, i === 0));
}
