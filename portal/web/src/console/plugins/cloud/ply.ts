import { MediaFault } from "../../media/fault";
import { checkCount, gather, type Cloud, type Read } from "./points";

type Reader = (b: DataView, at: number, little: boolean) => number;

interface Property { name: string; size: number; read: Reader; offset: number }

interface Head { format: string; points: number; properties: Property[]; end: number }

const headBytes = 1 << 16;
const formats = ["ascii", "binary_little_endian", "binary_big_endian"];

const broken = (why: string) => new MediaFault("broken", { why: `PLY: ${why}` });

const types: Record<string, [number, Reader]> = {
  char: [1, (b, at) => b.getInt8(at)],
  uchar: [1, (b, at) => b.getUint8(at)],
  short: [2, (b, at, le) => b.getInt16(at, le)],
  ushort: [2, (b, at, le) => b.getUint16(at, le)],
  int: [4, (b, at, le) => b.getInt32(at, le)],
  uint: [4, (b, at, le) => b.getUint32(at, le)],
  float: [4, (b, at, le) => b.getFloat32(at, le)],
  double: [8, (b, at, le) => b.getFloat64(at, le)],
};

const aliases: Record<string, string> = {
  int8: "char", uint8: "uchar", int16: "short", uint16: "ushort",
  int32: "int", uint32: "uint", float32: "float", float64: "double",
};

/** Reads the vertices of a PLY file, which must be its first element. */
export function parsePly(file: Uint8Array): Cloud {
  const head = readHead(file);
  const body = file.subarray(head.end);
  const read = head.format === "ascii" ? ascii(head, body) : binary(head, body);
  const find = (...names: string[]) => head.properties.find((p) => names.includes(p.name));
  const [x, y, z] = [find("x"), find("y"), find("z")];
  if (!x || !y || !z) throw broken("no x, y, z");
  const bright = find("intensity", "scalar_intensity", "reflectance");
  return gather(head.points, [read(x), read(y), read(z)], bright && read(bright));
}

function readHead(file: Uint8Array): Head {
  const text = new TextDecoder("latin1").decode(file.subarray(0, headBytes));
  const end = /^end_header[ \t]*\r?\n/m.exec(text);
  if (!text.startsWith("ply") || !end) throw broken("no head");
  const lines = text.slice(0, end.index).split("\n").map((l) => l.trim().split(/\s+/));
  const format = lines.find(([w]) => w === "format")?.[1] ?? "";
  if (!formats.includes(format)) throw broken(`format ${format.slice(0, 40)}`);
  const first = lines.findIndex(([w]) => w === "element");
  if (lines[first]?.[1] !== "vertex") throw broken("the vertices are not first");
  const rest = lines.slice(first + 1);
  const next = rest.findIndex(([w]) => w === "element");
  const properties = readProperties(next < 0 ? rest : rest.slice(0, next));
  return { format, points: Number(lines[first][2]), properties, end: end.index + end[0].length };
}

function readProperties(lines: string[][]): Property[] {
  let offset = 0;
  return lines.filter(([w]) => w === "property").map(([, type = "", name = ""]) => {
    const known = types[Object.hasOwn(aliases, type) ? (aliases[type] ?? "") : type];
    if (!known || !Object.hasOwn(types, aliases[type] ?? type)) throw broken(`type ${type.slice(0, 40)}`);
    const property = { name: name.toLowerCase(), size: known[0], read: known[1], offset };
    offset += known[0];
    return property;
  });
}

function ascii(head: Head, body: Uint8Array): (p: Property) => Read {
  checkCount(head.points, body.length / 2);
  const lines = new TextDecoder("latin1").decode(body).split("\n").filter((l) => l.trim() !== "");
  if (lines.length < head.points) throw broken(`${String(lines.length)} of ${String(head.points)} points`);
  const width = head.properties.length;
  const numbers = new Float64Array(head.points * width);
  for (let i = 0; i < head.points; i++) {
    const words = (lines[i] ?? "").trim().split(/\s+/, width);
    for (let k = 0; k < width; k++) numbers[i * width + k] = Number(words[k]);
  }
  return (p) => {
    const k = head.properties.indexOf(p);
    return (i) => numbers[i * width + k] ?? NaN;
  };
}

function binary(head: Head, body: Uint8Array): (p: Property) => Read {
  const step = head.properties.reduce((n, p) => n + p.size, 0);
  checkCount(head.points, body.length / Math.max(step, 1));
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const little = head.format === "binary_little_endian";
  return (p) => (i) => p.read(view, i * step + p.offset, little);
}
