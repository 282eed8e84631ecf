import { describe, expect, it } from "vitest";
import { columns, peaksOf } from "./peaks";
import { damaged, random } from "../../media/testing";
import { parseWav, wavPeaks } from "./wav";

function wav(bits: 8 | 16 | 24 | 32, rate: number, channels: number, samples: number[]): Uint8Array {
  const data = samples.length * channels * (bits / 8);
  const file = new Uint8Array(44 + data);
  const b = new DataView(file.buffer);
  const put = (at: number, s: string) => [...s].forEach((c, i) => b.setUint8(at + i, c.charCodeAt(0)));
  put(0, "RIFF"); put(8, "WAVE"); put(12, "fmt "); put(36, "data");
  b.setUint32(16, 16, true); b.setUint16(20, 1, true); b.setUint16(22, channels, true);
  b.setUint32(24, rate, true); b.setUint16(34, bits, true); b.setUint32(40, data, true);
  let at = 44;
  for (const s of samples) {
    for (let c = 0; c < channels; c++) {
      const n = Math.round(s * (2 ** (bits - 1) - 1));
      if (bits === 8) b.setUint8(at, n + 128);
      else for (let i = 0; i < bits / 8; i++) b.setUint8(at + i, (n >> (8 * i)) & 255);
      at += bits / 8;
    }
  }
  return file;
}

async function* pieces(file: Uint8Array, size: number) {
  for (let at = 0; at < file.length; at += size) yield await Promise.resolve(file.subarray(at, at + size));
}

const sine = Array.from({ length: 8000 }, (_, i) => Math.sin(i / 20) * (i < 4000 ? 0.25 : 1));

describe("peaks", () => {
  it("are the same however the file is cut and whatever its samples", async () => {
    const want = peaksOf(Float32Array.from(sine), 8000);
    expect(want.seconds).toBe(1);
    for (const bits of [8, 16, 24, 32] as const) {
      for (const size of [7, 1000, 1e6]) {
        const got = await wavPeaks(pieces(wav(bits, 8000, 2, sine), size));
        expect(got?.pairs.length).toBe(want.pairs.length);
        got?.pairs.forEach((p, i) => expect(Math.abs(p - want.pairs[i]!)).toBeLessThan(bits === 8 ? 0.02 : 0.001));
      }
    }
  });

  it("show loud and quiet parts at any width", () => {
    const two = columns(peaksOf(Float32Array.from(sine), 8000), { from: 0, to: 1_000_000 }, 2);
    expect(two[1]).toBeCloseTo(0.25, 1);
    expect(two[3]).toBeCloseTo(1, 1);
  });

  it("know what is no WAV", async () => {
    expect(parseWav(new TextEncoder().encode("<html>…</html>, and so on"))).toBeUndefined();
    expect(await wavPeaks(pieces(new Uint8Array(100_000), 1000))).toBeUndefined();
  });

  it("never fail on a damaged file but by a fault of media", async () => {
    const next = random(11);
    const file = wav(16, 8000, 1, sine.slice(0, 300));
    for (let i = 0; i < 300; i++) {
      const result = await wavPeaks(pieces(damaged(file, next), 97)).catch((e: Error) => e.name);
      expect(result === undefined || result === "MediaFault" || typeof result === "object").toBe(true);
    }
  });
});
