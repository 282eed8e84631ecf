import { MediaFault } from "../../media/fault";
import { unpackLzf } from "./lzf";
import { checkCount, gather, maxPoints, type Cloud, type Read } from "./points";

interface Field { name: string; size: number; type: string; count: number; offset: number; column: number }

interface Head { fields: Field[]; points: number; data: string; end: number }

const headBytes = 1 << 16;

/** Reads a PCD file: ascii, binary or binary_compressed. */
export function parsePcd(file: Uint8Array): Cloud {
  const head = readHead(file);
  const body = file.subarray(head.end);
  switch (head.data) {
    case "ascii": return ascii(head, body);
    case "binary": return binary(head, body);
    case "binary_compressed": return compressed(head, body);
    default: throw broken(`DATA ${head.data.slice(0, 40)}`);
  }
}

const broken = (why: string) => new MediaFault("broken", { why: `PCD: ${why}` });

function readHead(file: Uint8Array): Head {
  const text = new TextDecoder("latin1").decode(file.subarray(0, headBytes));
  const data = /^DATA[ \t]+(\S+)[ \t]*\r?\n/im.exec(text);
  if (!data?.[1]) throw broken("no DATA line");
  const words = new Map<string, string[]>();
  for (const line of text.slice(0, data.index).split("\n")) {
    const [key, ...rest] = line.replace(/#.*/, "").trim().split(/\s+/);
    if (key) words.set(key.toUpperCase(), rest);
  }
  const fields = readFields(words);
  const [width = 0, height = 1] = [words.get("WIDTH"), words.get("HEIGHT")].map((w) => (w ? Number(w[0]) : undefined));
  const points = words.has("POINTS") ? Number(words.get("POINTS")?.[0]) : width * height;
  return { fields, points, data: data[1].toLowerCase(), end: data.index + data[0].length };
}

function readFields(words: Map<string, string[]>): Field[] {
  const names = words.get("FIELDS") ?? [];
  if (names.length < 3 || names.length > 64) throw broken(`${String(names.length)} fields`);
  let offset = 0;
  let column = 0;
  return names.map((name, i) => {
    const size = Number(words.get("SIZE")?.[i] ?? 4);
    const count = Number(words.get("COUNT")?.[i] ?? 1);
    if (![1, 2, 4, 8].includes(size) || !(count >= 1 && count <= 4096)) throw broken(`field ${name.slice(0, 40)}`);
    const field = { name: name.toLowerCase(), size, count, type: (words.get("TYPE")?.[i] ?? "F").toUpperCase(), offset, column };
    offset += size * count;
    column += count;
    return field;
  });
}

const stride = (fields: readonly Field[]) => fields.reduce((n, f) => n + f.size * f.count, 0);

/** Picks the fields that matter and gathers their points. */
function cloud(head: Head, reader: (f: Field) => Read): Cloud {
  const find = (...names: string[]) => head.fields.find((f) => names.includes(f.name));
  const [x, y, z] = [find("x"), find("y"), find("z")];
  if (!x || !y || !z) throw broken("no x, y, z");
  const bright = find("intensity", "i", "reflectivity", "reflectance");
  return gather(head.points, [reader(x), reader(y), reader(z)], bright && reader(bright));
}

function ascii(head: Head, body: Uint8Array): Cloud {
  checkCount(head.points, body.length / 2);
  const width = head.fields.reduce((n, f) => n + f.count, 0);
  const lines = new TextDecoder("latin1").decode(body).split("\n").filter((l) => l.trim() !== "");
  if (lines.length < head.points) throw broken(`${String(lines.length)} of ${String(head.points)} points`);
  const kept = head.fields.filter((f) => ["x", "y", "z", "intensity", "i", "reflectivity", "reflectance"].includes(f.name));
  const numbers = new Map(kept.map((f) => [f, new Float64Array(head.points)]));
  for (let i = 0; i < head.points; i++) {
    const words = (lines[i] ?? "").trim().split(/\s+/, width);
    for (const [field, list] of numbers) list[i] = Number(words[field.column]);
  }
  return cloud(head, (f) => (i) => numbers.get(f)?.[i] ?? NaN);
}

function binary(head: Head, body: Uint8Array): Cloud {
  const step = stride(head.fields);
  checkCount(head.points, body.length / step);
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  return cloud(head, (f) => {
    const read = numberReader(f);
    return (i) => read(view, i * step + f.offset);
  });
}

function compressed(head: Head, body: Uint8Array): Cloud {
  if (body.length < 8) throw broken("no sizes");
  const sizes = new DataView(body.buffer, body.byteOffset, 8);
  const [packed, size] = [sizes.getUint32(0, true), sizes.getUint32(4, true)];
  const step = stride(head.fields);
  if (packed > body.length - 8) throw broken(`${String(packed)} packed bytes, ${String(body.length - 8)} there`);
  if (size > maxPoints * step) throw new MediaFault("huge", { value: size, bound: maxPoints * step });
  checkCount(head.points, size / step);
  const bytes = unpackLzf(body.subarray(8, 8 + packed), size);
  const view = new DataView(bytes.buffer);
  return cloud(head, (f) => {
    const read = numberReader(f);
    const start = f.offset * head.points;
    return (i) => read(view, start + i * f.size * f.count);
  });
}

/** Reads one number of a field's type. */
export function numberReader({ type, size }: { type: string; size: number }): (b: DataView, at: number) => number {
  const key = `${type}${String(size)}`;
  switch (key) {
    case "F4": return (b, at) => b.getFloat32(at, true);
    case "F8": return (b, at) => b.getFloat64(at, true);
    case "U1": return (b, at) => b.getUint8(at);
    case "U2": return (b, at) => b.getUint16(at, true);
    case "U4": return (b, at) => b.getUint32(at, true);
    case "I1": return (b, at) => b.getInt8(at);
    case "I2": return (b, at) => b.getInt16(at, true);
    case "I4": return (b, at) => b.getInt32(at, true);
    default: throw broken(`type ${key}`);
  }
}
