import type { Painter } from "../../media/plane/painter";
import { toScreen, type Size, type View } from "../../media/plane/view";
import { outline, tag } from "../../media/shapes/paint";
import type { Columns } from "../../media/shapes/mask";
import type { Look } from "../../media/labels";
import type { Brush } from "./brush";

/** A mask as it is painted; thick is its border, in CSS pixels. */
export interface MaskLayer { columns: () => Columns; look: Look; thick: number }

interface MasksProps {
  size: Size;
  masks: readonly MaskLayer[];
  opacity: number;
  dashed: boolean;
}

/** A painter of masks: their inside and their border. */
export function maskPainter({ masks, ...fill }: MasksProps): Painter {
  const sheet = document.createElement("canvas");
  return (ctx, view, screen) => {
    const [w, h] = [Math.round(screen.w), Math.round(screen.h)];
    if (sheet.width !== w || sheet.height !== h) Object.assign(sheet, { width: w, height: h });
    const paper = sheet.getContext("2d");
    if (!paper || masks.length === 0) return;
    const image = paper.createImageData(w, h);
    const pixels = new Uint32Array(image.data.buffer);
    for (const mask of masks) fillMask(pixels, { w, h }, view, mask, fill);
    paper.putImageData(image, 0, 0);
    ctx.drawImage(sheet, 0, 0);
  };
}

interface Marks { masks: readonly MaskLayer[]; brush: Brush; radius: number; color: string }

/** A painter of the names of masks, and of the brush. */
export function markPainter({ masks, brush, radius, color }: Marks): Painter {
  return (ctx, view) => {
    for (const mask of masks) tagMask(ctx, view, mask);
    brushMarks(ctx, view, brush, radius, color);
  };
}

const rgba = (color: string, alpha: number): number => {
  const n = parseInt(color.slice(1), 16);
  const [r, g, b] = [n >> 16, (n >> 8) & 255, n & 255];
  return ((Math.round(alpha * 255) << 24) | (b << 16) | (g << 8) | r) >>> 0;
};

type Fill = Omit<MasksProps, "masks">;

/** Column by column of the screen; a border where a stretch or its neighbours end. */
function fillMask(pixels: Uint32Array, screen: Size, view: View, mask: MaskLayer, { size, opacity, dashed }: Fill) {
  const columns = mask.columns();
  const body = opacity > 0 ? rgba(mask.look.color, opacity) : 0;
  const edge = rgba(mask.look.color, 1);
  const { thick } = mask;
  const column = (sx: number) => columns[Math.floor((sx + 0.5 - view.x) / view.scale)];
  for (let sx = Math.max(0, Math.floor(view.x)); sx < Math.min(screen.w, view.x + size.w * view.scale); sx++) {
    const spans = column(sx);
    if (!spans?.length) continue;
    const sides = [column(sx - thick), column(sx + thick)];
    for (const [top, end] of stretches(spans, view, screen.h)) {
      for (let sy = Math.max(0, top); sy < Math.min(screen.h, end); sy++) {
        const y = (sy + 0.5 - view.y) / view.scale;
        const border = sy - top < thick || end - sy <= thick || !sides.every((side) => holds(side, y));
        const line = border && (!dashed || (sx + sy) % 8 < 5);
        pixels[sy * screen.w + sx] = line ? edge : body || (pixels[sy * screen.w + sx] ?? 0);
      }
    }
  }
}

/** The rows of the screen that the stretches of a column cover, at least one each. */
function* stretches(spans: readonly number[], view: View, height: number): Generator<[number, number]> {
  for (let i = 0; i < spans.length; i += 2) {
    const top = Math.round((spans[i] ?? 0) * view.scale + view.y);
    const end = Math.max(top + 1, Math.round((spans[i + 1] ?? 0) * view.scale + view.y));
    if (end > 0 && top < height) yield [top, end];
  }
}

function holds(spans: readonly number[] | undefined, y: number): boolean {
  if (!spans) return false;
  for (let i = 0; i < spans.length; i += 2) if (y >= (spans[i] ?? 0) && y < (spans[i + 1] ?? 0)) return true;
  return false;
}

function tagMask(ctx: CanvasRenderingContext2D, view: View, mask: MaskLayer) {
  const columns = mask.columns();
  const x = columns.findIndex((spans) => spans.length > 0);
  const y = columns[x]?.[0];
  if (y !== undefined) tag(ctx, toScreen(view, { x, y }), mask.look, mask.look.name);
}

/** The ring being drawn, and the round of the brush. */
function brushMarks(ctx: CanvasRenderingContext2D, view: View, { ring, pointer }: Brush, radius: number, color: string) {
  const at = pointer && toScreen(view, pointer);
  if (ring.length > 0) {
    ctx.beginPath();
    [...ring.map((p) => toScreen(view, p)), ...(at ? [at] : [])].forEach((p, i) => (i === 0 ? ctx.moveTo(p.x, p.y) : ctx.lineTo(p.x, p.y)));
    outline(ctx, color, 2, false);
  }
  if (!at || radius === 0) return;
  ctx.beginPath();
  ctx.arc(at.x, at.y, Math.max(radius * view.scale, 2), 0, 2 * Math.PI);
  outline(ctx, "#ffffff", 1.5, false);
}
