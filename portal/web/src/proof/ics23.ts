import { BinaryReader } from "@bufbuild/protobuf/wire";
import { type Bytes, concat, sha256, toHex } from "@/records/hash";
import { varint } from "./fields";

/**
 * Existence proofs of ICS-23, for the two kinds of tree that the chain's state
 * is made of: an IAVL tree per store, and a simple tree over the stores. Every
 * other form of proof is refused.
 *
 * Source: https://github.com/cosmos/ics23, the specifications Iavl and
 * Tendermint.
 */
export interface Tree {
  name: string;
  minPrefix: number;
  maxPrefix: number;
  childSize: number;
  /** Further bounds of a node's prefix. */
  checkPrefix?: (prefix: Uint8Array, suffix: Uint8Array | undefined) => void;
}

export const iavl: Tree = { name: "IAVL", minPrefix: 4, maxPrefix: 12, childSize: 33, checkPrefix: checkIavl };
export const simple: Tree = { name: "simple", minPrefix: 1, maxPrefix: 1, childSize: 32 };

interface Leaf { hash: number; prehashKey: number; prehashValue: number; length: number; prefix: Uint8Array }
interface Inner { hash: number; prefix: Uint8Array; suffix: Uint8Array }
interface Existence { key: Uint8Array; value: Uint8Array; leaf: Leaf; path: Inner[] }

const none = new Uint8Array();
const sha = 1; // HashOp SHA256
const varProto = 1; // LengthOp VAR_PROTO
const maxDepth = 128;

/** Hands every field of a message to take, which returns false for one it does not know. */
function read(bytes: Uint8Array, take: (field: number, reader: BinaryReader) => boolean) {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field] = reader.tag();
    if (!take(field, reader)) throw new Error(`proof: field ${field} is not of an existence proof`);
  }
}

function readLeaf(bytes: Uint8Array): Leaf {
  const leaf = { hash: 0, prehashKey: 0, prehashValue: 0, length: 0, prefix: none as Uint8Array };
  read(bytes, (field, r) => {
    if (field === 1) leaf.hash = r.int32();
    else if (field === 2) leaf.prehashKey = r.int32();
    else if (field === 3) leaf.prehashValue = r.int32();
    else if (field === 4) leaf.length = r.int32();
    else if (field === 5) leaf.prefix = r.bytes();
    else return false;
    return true;
  });
  return leaf;
}

function readInner(bytes: Uint8Array): Inner {
  const inner = { hash: 0, prefix: none as Uint8Array, suffix: none as Uint8Array };
  read(bytes, (field, r) => {
    if (field === 1) inner.hash = r.int32();
    else if (field === 2) inner.prefix = r.bytes();
    else if (field === 3) inner.suffix = r.bytes();
    else return false;
    return true;
  });
  return inner;
}

function readExistence(bytes: Uint8Array): Existence {
  let body: Uint8Array | undefined;
  read(bytes, (field, r) => {
    if (field !== 1) return false;
    body = r.bytes();
    return true;
  });
  const proof: Existence = { key: none, value: none, leaf: readLeaf(none), path: [] };
  read(body ?? none, (field, r) => {
    if (field === 1) proof.key = r.bytes();
    else if (field === 2) proof.value = r.bytes();
    else if (field === 3) proof.leaf = readLeaf(r.bytes());
    else if (field === 4) proof.path.push(readInner(r.bytes()));
    else return false;
    return true;
  });
  return proof;
}

/** The root of a tree in which value stands under key, by the proof. */
export async function rootOf(tree: Tree, proof: Uint8Array, key: Uint8Array, value: Uint8Array): Promise<Bytes> {
  const p = readExistence(proof);
  if (toHex(p.key) !== toHex(key)) throw new Error(`proof is of key ${toHex(p.key)}, want ${toHex(key)}`);
  if (toHex(p.value) !== toHex(value)) throw new Error(`proof is of another value of ${p.value.length} bytes`);
  if (key.length === 0 || value.length === 0) throw new Error("proof of an empty key or value");
  if (p.path.length > maxDepth) throw new Error(`proof of ${p.path.length} steps: at most ${maxDepth}`);
  checkLeaf(tree, p.leaf);
  const digest = await sha256(new Uint8Array(value));
  let hash = await sha256(concat(p.leaf.prefix, varint(key.length), key, varint(digest.length), digest));
  for (const step of p.path) {
    checkInner(tree, step);
    hash = await sha256(concat(step.prefix, hash, step.suffix));
  }
  return hash;
}

function checkLeaf(tree: Tree, leaf: Leaf) {
  if (leaf.hash !== sha || leaf.prehashKey !== 0 || leaf.prehashValue !== sha || leaf.length !== varProto || leaf.prefix[0] !== 0) {
    throw new Error(`proof: the leaf is not of the ${tree.name} tree`);
  }
  if (tree.checkPrefix) tree.checkPrefix(leaf.prefix, undefined);
  else if (leaf.prefix.length !== 1) throw new Error(`proof: leaf prefix of ${leaf.prefix.length} bytes: want 1`);
}

function checkInner(tree: Tree, step: Inner) {
  const most = tree.maxPrefix + tree.childSize;
  const fits =
    step.hash === sha && step.prefix[0] !== 0 && step.prefix.length >= tree.minPrefix && step.prefix.length <= most &&
    step.suffix.length % tree.childSize === 0;
  if (!fits) throw new Error(`proof: a step of ${step.prefix.length} + ${step.suffix.length} bytes is not of the ${tree.name} tree`);
  tree.checkPrefix?.(step.prefix, step.suffix);
}

/** A prefix of the IAVL tree: height, size and version, then what lies left of the child. */
function checkIavl(prefix: Uint8Array, suffix: Uint8Array | undefined) {
  const reader = new BinaryReader(prefix);
  const numbers = [reader.sint64(), reader.sint64(), reader.sint64()].map(BigInt);
  const left = reader.len - reader.pos;
  const bad = numbers.some((n) => n < 0n) || (suffix ? left !== 1 && left !== 34 : left !== 0 || numbers[0] !== 0n);
  const unbalanced = suffix && ((left === 1 && suffix.length !== 33) || (left === 34 && suffix.length !== 0));
  if (bad || unbalanced) throw new Error(`proof: prefix ${toHex(prefix)} is not of the IAVL tree`);
}
