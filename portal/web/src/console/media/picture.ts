import { ask } from "./ask";
import type { Painter } from "./plane/painter";
import type { Point, Size } from "./plane/view";

/** Pixels of a picture; four bytes each are held. */
export const maxPixels = 1 << 27;

/** The side of a tile. */
export const tile = 1024;

/** One size of a picture in tiles, row by row. */
export interface Level { size: Size; across: number; tiles: ImageBitmap[] }

/**
 * A picture in halving sizes, cut into tiles, so that painting costs as much
 * as the screen has pixels, however large the picture is.
 */
export interface Picture { size: Size; levels: Level[] }

/** Loads and cuts a picture in a worker. */
export function loadPicture(url: string, signal: AbortSignal): Promise<Picture> {
  const worker = new Worker(new URL("./picture.worker.ts", import.meta.url), { type: "module" });
  return ask<string, Picture>(worker, new URL(url, location.href).href, signal);
}

/** Gives back the memory of a picture. */
export function closePicture(picture: Picture) {
  for (const level of picture.levels) for (const bitmap of level.tiles) bitmap.close();
}

/** The smallest level that is as fine as the screen. */
function levelFor(picture: Picture, scale: number): Level | undefined {
  const wanted = picture.size.w * scale * Math.min(globalThis.devicePixelRatio || 1, 2);
  return picture.levels.findLast((level) => level.size.w >= wanted) ?? picture.levels[0];
}

/** From this zoom on pixels are shown as squares. */
const squares = 3;

/** Paints the tiles on the screen. */
export function picturePainter(picture: Picture): Painter {
  return (ctx, view, screen) => {
    const level = levelFor(picture, view.scale);
    if (!level) return;
    ctx.imageSmoothingEnabled = view.scale < squares;
    const scale = (view.scale * picture.size.w) / level.size.w;
    level.tiles.forEach((bitmap, i) => {
      const corner = { x: (i % level.across) * tile, y: Math.floor(i / level.across) * tile };
      const [a, b] = [placed(corner, scale, view), placed({ x: corner.x + bitmap.width, y: corner.y + bitmap.height }, scale, view)];
      if (b.x < 0 || b.y < 0 || a.x > screen.w || a.y > screen.h) return;
      ctx.drawImage(bitmap, a.x, a.y, b.x - a.x, b.y - a.y);
    });
  };
}

/** On whole pixels of the screen, so that no seam shows between tiles. */
const placed = (p: Point, scale: number, view: Point): Point => ({ x: Math.round(p.x * scale + view.x), y: Math.round(p.y * scale + view.y) });
