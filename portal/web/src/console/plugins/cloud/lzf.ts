import { MediaFault } from "../../media/fault";

/**
 * Undoes LZF. A control byte under 32 is followed by one more than that many
 * plain bytes; else its upper three bits and perhaps a byte more say how many,
 * its lower five and the next byte how far back, to copy from what is out.
 */
export function unpackLzf(packed: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(size);
  let from = 0;
  let to = 0;
  const next = (): number => {
    const b = packed[from++];
    if (b === undefined) throw broken();
    return b;
  };
  while (from < packed.length) {
    const control = next();
    if (control < 32) {
      const end = from + control + 1;
      if (end > packed.length || to + control + 1 > size) throw broken();
      out.set(packed.subarray(from, end), to);
      to += control + 1;
      from = end;
      continue;
    }
    let count = (control >> 5) + 2;
    if (control >> 5 === 7) count += next();
    let back = to - ((control & 31) << 8) - next() - 1;
    if (back < 0 || to + count > size) throw broken();
    while (count-- > 0) out[to++] = out[back++] ?? 0;
  }
  if (to !== size) throw broken();
  return out;
}

const broken = () => new MediaFault("broken", { why: "LZF" });
