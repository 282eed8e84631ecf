import { type Bytes, concat, sha256 } from "./hash";

const leafHash = (leaf: Uint8Array) => sha256(concat(Uint8Array.of(0), leaf));
const node = (left: Bytes, right: Bytes) => sha256(concat(Uint8Array.of(1), left, right));

/** The root of RFC 6962 over leaves in their order; a left-over hash moves up. */
export async function merkleRoot(leaves: Uint8Array[]): Promise<Bytes> {
  let level = await Promise.all(leaves.map(leafHash));
  if (level.length === 0) return sha256(new Uint8Array());
  while (level.length > 1) {
    const pairs = Array.from({ length: Math.ceil(level.length / 2) }, (_, i) => level.slice(2 * i, 2 * i + 2));
    level = await Promise.all(pairs.map(([a, b]) => (a && b ? node(a, b) : Promise.resolve(a as Bytes))));
  }
  return level[0] as Bytes;
}
