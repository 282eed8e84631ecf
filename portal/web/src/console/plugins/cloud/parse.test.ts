import { describe, expect, it } from "vitest";
import { damaged, random } from "../../media/testing";
import { MediaFault } from "../../media/fault";
import { unpackLzf } from "./lzf";
import { parseCloud } from "./parse";

const points = Array.from({ length: 200 }, (_, i) => [i / 8, 1 - i / 4, (i % 7) / 2, (i % 5) * 51] as const);
const bytes = (text: string) => new TextEncoder().encode(text);

function join(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((p) => [...p]));
}

function floats(values: readonly number[], little = true): Uint8Array {
  const b = new DataView(new ArrayBuffer(values.length * 4));
  values.forEach((v, i) => b.setFloat32(i * 4, v, little));
  return new Uint8Array(b.buffer);
}

/** A small LZF packer: a run that stood before is copied, the rest is plain. */
function packLzf(input: Uint8Array): Uint8Array {
  const out: number[] = [];
  const plain: number[] = [];
  const flush = () => {
    while (plain.length > 0) {
      const part = plain.splice(0, 32);
      out.push(part.length - 1, ...part);
    }
  };
  for (let at = 0; at < input.length; ) {
    let [best, back] = [0, 0];
    for (let from = Math.max(0, at - 8000); from < at; from++) {
      let n = 0;
      while (n < 264 && at + n < input.length && input[from + n] === input[at + n]) n++;
      if (n > best) [best, back] = [n, at - from - 1];
    }
    if (best < 3) {
      plain.push(input[at++]!);
      continue;
    }
    flush();
    const count = best - 2;
    if (count < 7) out.push((count << 5) | (back >> 8), back & 255);
    else out.push((7 << 5) | (back >> 8), count - 7, back & 255);
    at += best;
  }
  flush();
  return Uint8Array.from(out);
}

const pcdHead = (data: string) => bytes(
  `# .PCD v0.7\nVERSION 0.7\nFIELDS x y z intensity\nSIZE 4 4 4 4\nTYPE F F F F\nCOUNT 1 1 1 1\nWIDTH 200\nHEIGHT 1\nVIEWPOINT 0 0 0 1 0 0 0\nPOINTS 200\nDATA ${data}\n`,
);

function compressedPcd(): Uint8Array {
  const flat = floats([0, 1, 2, 3].flatMap((k) => points.map((p) => p[k]!)));
  const packed = packLzf(flat);
  const sizes = new DataView(new ArrayBuffer(8));
  sizes.setUint32(0, packed.length, true);
  sizes.setUint32(4, flat.length, true);
  return join(pcdHead("binary_compressed"), new Uint8Array(sizes.buffer), packed);
}

const plyHead = (format: string) => bytes(
  `ply\nformat ${format} 1.0\nelement vertex 200\nproperty float x\nproperty float y\nproperty float32 z\nproperty float intensity\nelement face 0\nproperty list uchar int vertex_indices\nend_header\n`,
);

const lines = bytes(points.map((p) => p.join(" ")).join("\n"));
const files: Record<string, Uint8Array> = {
  "PCD ascii": join(pcdHead("ascii"), lines),
  "PCD binary": join(pcdHead("binary"), floats(points.flat())),
  "PCD compressed": compressedPcd(),
  "PLY ascii": join(plyHead("ascii"), lines),
  "PLY little endian": join(plyHead("binary_little_endian"), floats(points.flat())),
  "PLY big endian": join(plyHead("binary_big_endian"), floats(points.flat(), false)),
  "KITTI": floats(points.flat()),
};

describe("clouds", () => {
  it.each(Object.entries(files))("%s gives every point with its brightness", (_, file) => {
    const cloud = parseCloud(file);
    const found = Array.from({ length: 200 }, (_, i) => [...cloud.positions.slice(i * 3, i * 3 + 3), Math.round(cloud.intensity[i]! * 204)].join());
    expect(found.sort()).toEqual(points.map((p) => p.join()).sort());
    expect(cloud.low).toEqual([0, -48.75, 0]);
    expect(cloud.high).toEqual([24.875, 1, 3]);
  });

  it("lose points that are nowhere", () => {
    expect(parseCloud(floats([NaN, 0, 0, 1, 1, 2, 3, 1, Infinity, 0, 0, 0])).positions).toEqual(Float32Array.from([1, 2, 3]));
  });

  it.each([
    ["a page", bytes("<!doctype html><p>no cloud</p>"), "type"],
    ["a length that is no KITTI", new Uint8Array(17), "broken"],
    ["nothing", new Uint8Array(0), "broken"],
    ["more points than bytes", join(bytes("VERSION .7\nFIELDS x y z\nSIZE 4 4 4\nTYPE F F F\nPOINTS 4000000\nDATA binary\n"), new Uint8Array(24)), "broken"],
    ["more points than a browser holds", bytes("VERSION .7\nFIELDS x y z\nPOINTS 900000000\nDATA ascii\n1 2 3\n"), "huge"],
  ])("%s is refused", (_, file, trouble) => {
    expect(() => parseCloud(file)).toThrow(expect.objectContaining({ trouble }) as Error);
  });

  it.each(Object.entries(files))("%s never fails but by a fault of media when damaged", (_, file) => {
    const next = random(5);
    for (let i = 0; i < 200; i++) {
      try {
        expect(parseCloud(damaged(file, next)).positions.every(Number.isFinite)).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(MediaFault);
      }
    }
  });

  it("LZF copies that overlap themselves repeat", () => {
    expect([...unpackLzf(Uint8Array.of(0, 65, 0xe0, 1, 0), 11)]).toEqual(Array<number>(11).fill(65));
    expect(() => unpackLzf(Uint8Array.of(0, 65, 0x20, 9), 4)).toThrow(MediaFault);
  });
});

it("points of a tile lie together, and every point in one", () => {
  const { tiles, positions } = parseCloud(floats(points.flat()));
  expect(tiles[0]).toBe(0);
  expect(tiles.at(-1)).toBe(positions.length / 3);
  expect(tiles.every((t, i) => t >= (tiles[i - 1] ?? 0))).toBe(true);
});
