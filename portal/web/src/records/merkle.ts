import { type Bytes, concat, sha256 } from "./hash";

/** The hash by which a leaf enters the tree. */
export const merkleLeaf = (leaf: Uint8Array) => sha256(concat(Uint8Array.of(0), leaf));
const node = (left: Bytes, right: Bytes) => sha256(concat(Uint8Array.of(1), left, right));

/** All hashes over leaves, the leaves' own first, the root's level last; a left-over hash moves up. */
async function levels(leaves: Uint8Array[]): Promise<Bytes[][]> {
  let level = await Promise.all(leaves.map(merkleLeaf));
  const all = [level];
  while (level.length > 1) {
    const pairs = Array.from({ length: Math.ceil(level.length / 2) }, (_, i) => level.slice(2 * i, 2 * i + 2));
    level = await Promise.all(pairs.map(([a, b]) => (a && b ? node(a, b) : Promise.resolve(a as Bytes))));
    all.push(level);
  }
  return all;
}

/** The root of RFC 6962 over leaves in their order. */
export async function merkleRoot(leaves: Uint8Array[]): Promise<Bytes> {
  return (await levels(leaves)).at(-1)?.[0] ?? sha256(new Uint8Array());
}

/** Of each leaf the path that merklePath follows. */
export async function merklePaths(leaves: Uint8Array[]): Promise<Bytes[][]> {
  const below = (await levels(leaves)).slice(0, -1);
  return leaves.map((_, index) => below.flatMap((level, up) => level[(index >> up) ^ 1] ?? []));
}

/**
 * The root that a path leads to from a leaf at a place of a list: hashes beside
 * the way, the lowest first, as core/merkle writes them.
 */
export async function merklePath(leaf: Uint8Array, index: number, count: number, path: Bytes[]): Promise<Bytes> {
  if (!Number.isInteger(index) || index < 0 || index >= count) throw new Error(`place ${index}: want 0 to ${count - 1}`);
  let hash = await merkleLeaf(leaf);
  let at = index;
  let last = count - 1;
  const left = [...path];
  for (; last > 0; at = Math.floor(at / 2), last = Math.floor(last / 2)) {
    if (at % 2 === 0 && at === last) continue; // left over: moves up
    const beside = left.shift();
    if (beside?.length !== 32) throw new Error("path: too short, or a hash that is not of 32 bytes");
    hash = at % 2 === 1 ? await node(beside, hash) : await node(hash, beside);
  }
  if (left.length > 0) throw new Error(`path: ${left.length} hashes too many`);
  return hash;
}
