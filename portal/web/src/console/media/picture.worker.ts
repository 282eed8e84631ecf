import { MediaFault } from "./fault";
import { bytesOf } from "./fetch";
import { maxPixels, tile, type Level, type Picture } from "./picture";
import { serve } from "./serve";
import { pictureSize } from "./sniff";

/** Levels are halved until one is at most this wide and high. */
const smallest = 1024;

async function cut(bitmap: ImageBitmap): Promise<Level> {
  const across = Math.ceil(bitmap.width / tile);
  const down = Math.ceil(bitmap.height / tile);
  const tiles = Array.from({ length: across * down }, (_, i) => {
    const x = (i % across) * tile;
    const y = Math.floor(i / across) * tile;
    return createImageBitmap(bitmap, x, y, Math.min(tile, bitmap.width - x), Math.min(tile, bitmap.height - y));
  });
  return { size: { w: bitmap.width, h: bitmap.height }, across, tiles: await Promise.all(tiles) };
}

async function decode(bytes: Uint8Array<ArrayBuffer>): Promise<ImageBitmap> {
  return createImageBitmap(new Blob([bytes])).catch(() => {
    throw new MediaFault("broken");
  });
}

serve<string, Picture>(async (url) => {
  const bytes = await bytesOf(url);
  const said = pictureSize(bytes);
  if (said && said.w * said.h > maxPixels) throw new MediaFault("huge", { value: said.w * said.h, bound: maxPixels });
  if (!said && /^\s*[<{]/.test(new TextDecoder("latin1").decode(bytes.subarray(0, 64)))) throw new MediaFault("type");
  let bitmap = await decode(bytes);
  const size = { w: bitmap.width, h: bitmap.height };
  const levels = [await cut(bitmap)];
  while (Math.max(bitmap.width, bitmap.height) > smallest) {
    const half = { resizeWidth: Math.ceil(bitmap.width / 2), resizeHeight: Math.ceil(bitmap.height / 2) };
    const next = await createImageBitmap(bitmap, { ...half, resizeQuality: "medium" });
    bitmap.close();
    bitmap = next;
    levels.push(await cut(bitmap));
  }
  bitmap.close();
  return { result: { size, levels }, hand: levels.flatMap((level) => level.tiles) };
});
