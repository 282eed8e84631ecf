import { PeakMaker, type Peaks } from "./peaks";
import { MediaFault } from "../../media/fault";

/** What the head of a WAV file says of its samples. */
export interface Wav { channels: number; rate: number; bits: number; float: boolean; data: number }

const text = (b: DataView, at: number) =>
  String.fromCharCode(b.getUint8(at), b.getUint8(at + 1), b.getUint8(at + 2), b.getUint8(at + 3));

/** Reads the head; undefined: no WAV of whole or floating samples. */
export function parseWav(head: Uint8Array): Wav | undefined {
  const b = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (b.byteLength < 12 || text(b, 0) !== "RIFF" || text(b, 8) !== "WAVE") return undefined;
  let found: Omit<Wav, "data"> | undefined;
  for (let at = 12; at + 8 <= b.byteLength; ) {
    const name = text(b, at);
    const size = b.getUint32(at + 4, true);
    if (name === "data") return found && { ...found, data: at + 8 };
    if (name === "fmt " && at + 24 <= b.byteLength) found = format(b, at + 8, size);
    at += 8 + size + (size % 2);
  }
  return undefined;
}

function format(b: DataView, at: number, size: number): Omit<Wav, "data"> | undefined {
  const tag = b.getUint16(at, true);
  const extended = tag === 0xfffe && size >= 26 && at + 26 <= b.byteLength;
  const kind = extended ? b.getUint16(at + 24, true) : tag;
  const [channels, rate, bits] = [b.getUint16(at + 2, true), b.getUint32(at + 4, true), b.getUint16(at + 14, true)];
  const float = kind === 3;
  const known = (kind === 1 && [8, 16, 24, 32].includes(bits)) || (float && bits === 32);
  if (!known || channels < 1 || channels > 64 || rate < 1000 || rate > 768_000) return undefined;
  return { channels, rate, bits, float };
}

/** Reads one sample, in -1 to 1. */
function reader({ bits, float }: Wav): (b: DataView, at: number) => number {
  if (float) return (b, at) => b.getFloat32(at, true) || 0;
  if (bits === 8) return (b, at) => (b.getUint8(at) - 128) / 128;
  if (bits === 16) return (b, at) => b.getInt16(at, true) / 32_768;
  if (bits === 24) return (b, at) => ((b.getInt8(at + 2) << 16) | b.getUint16(at, true)) / 8_388_608;
  return (b, at) => b.getInt32(at, true) / 2_147_483_648;
}

/** How far into a file its head may reach. */
const headBytes = 1 << 16;

/**
 * The peaks of a WAV file that comes in pieces, of its first channel and
 * its second alike. undefined: it is another kind of file.
 */
export async function wavPeaks(pieces: AsyncIterable<Uint8Array>): Promise<Peaks | undefined> {
  let rest = new Uint8Array(0);
  let wav: Wav | undefined;
  let maker: PeakMaker | undefined;
  for await (const piece of pieces) {
    rest = joined(rest, piece);
    if (!wav) {
      wav = parseWav(rest);
      if (!wav && rest.length < headBytes && looksLikeWav(rest)) continue;
      if (!wav) return undefined;
      maker = new PeakMaker(wav.rate);
      rest = rest.slice(wav.data);
    }
    if (maker) rest = rest.slice(feed(maker, wav, rest));
  }
  const peaks = maker?.done();
  if (peaks && peaks.pairs.length === 0) throw new MediaFault("broken", { why: "no samples" });
  return peaks;
}

const looksLikeWav = (b: Uint8Array) => b.length < 12 || (b[0] === 0x52 && b[1] === 0x49 && b[8] === 0x57);

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** Gives all whole frames to the maker and answers how many bytes they were. */
function feed(maker: PeakMaker, wav: Wav, bytes: Uint8Array): number {
  const b = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sample = reader(wav);
  const width = wav.bits / 8;
  const frame = width * wav.channels;
  const used = bytes.length - (bytes.length % frame);
  const second = wav.channels > 1 ? width : 0;
  for (let at = 0; at < used; at += frame) {
    const left = sample(b, at);
    const right = sample(b, at + second);
    maker.add(Math.abs(left) > Math.abs(right) ? left : right);
  }
  return used;
}
