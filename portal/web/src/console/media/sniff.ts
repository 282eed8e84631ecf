/** What the first bytes of a picture say; undefined: no picture that browsers show. */
export function pictureSize(b: Uint8Array): { w: number; h: number } | undefined {
  const view = new DataView(b.buffer, b.byteOffset, b.byteLength);
  const has = (at: number, text: string) => [...text].every((c, i) => b[at + i] === c.charCodeAt(0));
  const size = (at: number, read: (at: number) => number, step: number) =>
    at + 2 * step <= b.length ? { w: read(at), h: read(at + step) } : undefined;
  if (has(1, "PNG\r\n")) return size(16, (at) => view.getUint32(at), 4);
  if (has(0, "GIF8")) return size(6, (at) => view.getUint16(at, true), 2);
  if (has(0, "BM")) return size(18, (at) => Math.abs(view.getInt32(at, true)), 4);
  if (has(0, "RIFF") && has(8, "WEBP")) return webp(b, view, has);
  if (b[0] === 0xff && b[1] === 0xd8) return jpeg(b, view);
  return undefined;
}

function webp(b: Uint8Array, view: DataView, has: (at: number, text: string) => boolean) {
  if (b.length < 30) return undefined;
  if (has(12, "VP8X")) return { w: 1 + (view.getUint32(24, true) & 0xffffff), h: 1 + (view.getUint32(26, true) >>> 8) };
  if (has(12, "VP8L")) {
    const bits = view.getUint32(21, true);
    return { w: 1 + (bits & 0x3fff), h: 1 + ((bits >>> 14) & 0x3fff) };
  }
  return { w: view.getUint16(26, true) & 0x3fff, h: view.getUint16(28, true) & 0x3fff };
}

/** Walks the segments of a JPEG to its frame. */
function jpeg(b: Uint8Array, view: DataView) {
  for (let at = 2; at + 9 <= b.length; ) {
    if (b[at] !== 0xff) return undefined;
    const mark = b[at + 1] ?? 0;
    if (mark >= 0xc0 && mark <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(mark)) {
      return { h: view.getUint16(at + 5), w: view.getUint16(at + 7) };
    }
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}
