import { type Bytes, concat, sha256 } from "./hash";

const chunkSize = 1 << 20;
const linksPerNode = 174;
const raw = 0x55;
const dagPB = 0x70;
const alphabet = "abcdefghijklmnopqrstuvwxyz234567";

function base32(bytes: Uint8Array): string {
  let text = "";
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += alphabet[(value >>> (bits - 5)) & 31];
    value &= 0xff;
  }
  return bits > 0 ? text + alphabet[(value << (5 - bits)) & 31] : text;
}

/** A block: its binary id, the bytes of content below it, those of all blocks. */
interface Node {
  cid: Bytes;
  content: number;
  total: number;
}

async function block(codec: number, bytes: Bytes): Promise<Bytes> {
  return concat(Uint8Array.of(1, codec, 0x12, 32), await sha256(bytes));
}

async function leaf(bytes: Bytes): Promise<Node> {
  return { cid: await block(raw, bytes), content: bytes.length, total: bytes.length };
}

function uvarint(n: number): number[] {
  const out: number[] = [];
  for (; n >= 0x80; n = Math.floor(n / 128)) out.push((n % 128) | 0x80);
  return [...out, n];
}

const varint = (field: number, n: number) => Uint8Array.from([field << 3, ...uvarint(n)]);
const bytesField = (field: number, bytes: Uint8Array) =>
  concat(Uint8Array.from([(field << 3) | 2, ...uvarint(bytes.length)]), bytes);

/** The dag-pb node of a UnixFS file over its children. */
async function join(children: Node[]): Promise<Node> {
  const link = (c: Node) => concat(bytesField(1, c.cid), bytesField(2, new Uint8Array()), varint(3, c.total));
  const content = children.reduce((n, c) => n + c.content, 0);
  const file = concat(varint(1, 2), varint(3, content), ...children.map((c) => varint(4, c.content)));
  const bytes = concat(...children.map((c) => bytesField(2, link(c))), bytesField(1, file));
  const total = children.reduce((n, c) => n + c.total, bytes.length);
  return { cid: await block(dagPB, bytes), content, total };
}

function split<T>(all: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
}

/** The content id under which the plane keeps bytes. */
export async function cidOf(bytes: Bytes): Promise<string> {
  const starts = Array.from({ length: Math.max(1, Math.ceil(bytes.length / chunkSize)) }, (_, i) => i * chunkSize);
  let level = await Promise.all(starts.map((at) => leaf(bytes.subarray(at, at + chunkSize))));
  while (level.length > 1) level = await Promise.all(split(level, linksPerNode).map(join));
  return "b" + base32((level[0] as Node).cid);
}
