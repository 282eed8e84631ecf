import { concat, type Bytes } from "@/records/hash";
import { utf8 } from "@/records/spell";

const table = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

/** CRC-32 as ZIP has it. */
export function crc32(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (const byte of bytes) c = (table[(c ^ byte) & 0xff] ?? 0) ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

function record(signature: number, fields: [size: 2 | 4, value: number][]): Bytes {
  const view = new DataView(new ArrayBuffer(4 + fields.reduce((n, [size]) => n + size, 0)));
  view.setUint32(0, signature, true);
  let at = 4;
  for (const [size, value] of fields) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return new Uint8Array(view.buffer);
}

const [utf8Names, noTime, firstDay] = [0x800, 0, 0x21] as const;

/** Packs files, none compressed, into one ZIP archive; equal files give equal bytes. */
export function zip(files: readonly { name: string; bytes: Bytes }[]): Bytes {
  const parts: Bytes[] = [];
  const index: Bytes[] = [];
  let offset = 0;
  for (const { name, bytes } of files) {
    const label = utf8(name);
    const shared: [2 | 4, number][] = [
      [2, 20], [2, utf8Names], [2, 0], [2, noTime], [2, firstDay], [4, crc32(bytes)], [4, bytes.length], [4, bytes.length], [2, label.length], [2, 0],
    ];
    const head = concat(record(0x04034b50, shared), label);
    index.push(concat(record(0x02014b50, [[2, 20], ...shared, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]]), label));
    parts.push(head, bytes);
    offset += head.length + bytes.length;
  }
  const size = index.reduce((n, i) => n + i.length, 0);
  return concat(...parts, ...index, record(0x06054b50, [[2, 0], [2, 0], [2, files.length], [2, files.length], [4, size], [4, offset], [2, 0]]));
}
