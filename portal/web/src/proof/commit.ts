import { ed25519 } from "@noble/curves/ed25519.js";
import { type Bytes, fromBase64, fromHex } from "@/records/hash";
import { Fields, delimited, timestamp } from "./fields";
import { type BlockId, type Validator, addressOf, publicKey } from "./header";

export interface Signature {
  block_id_flag: number;
  validator_address: string;
  timestamp: string;
  signature: string | null;
}

export interface Commit {
  height: string;
  round: number;
  block_id: BlockId;
  signatures: Signature[];
}

/** Power that signed, of all. */
export interface Signed {
  power: bigint;
  total: bigint;
  validators: number;
}

const precommit = 2n;
const forTheBlock = 2;

/** The bytes that a validator signs for a block. */
export function signBytes(chain: string, commit: Commit, at: string): Bytes {
  const id = commit.block_id;
  const hash = (text: string) => fromHex(text.toLowerCase());
  const parts = new Fields().int(1, BigInt(id.parts.total)).bytes(2, hash(id.parts.hash)).done();
  const block = new Fields().bytes(1, hash(id.hash)).message(2, parts).done();
  const vote = new Fields()
    .int(1, precommit)
    .sfixed64(2, BigInt(commit.height))
    .sfixed64(3, BigInt(commit.round))
    .message(4, block)
    .message(5, timestamp(at))
    .text(6, chain);
  return delimited(vote.done());
}

/**
 * Counts the power behind the good signatures of a commit. A signature that is
 * there and wrong, or of nobody in the set, is an error; an absent one counts
 * for nothing. Whether it is enough, the caller decides.
 */
export async function countSignatures(chain: string, commit: Commit, set: Validator[]): Promise<Signed> {
  if (commit.signatures.length !== set.length) {
    throw new Error(`${commit.signatures.length} signatures for ${set.length} validators`);
  }
  const signed: Signed = { power: 0n, total: 0n, validators: 0 };
  for (const [i, v] of set.entries()) {
    const power = BigInt(v.voting_power);
    if (power <= 0n) throw new Error(`validator ${v.address}: power ${power}: want above 0`);
    signed.total += power;
    const s = commit.signatures[i];
    if (s?.block_id_flag !== forTheBlock) continue;
    await check(chain, commit, s, v);
    signed.power += power;
    signed.validators++;
  }
  return signed;
}

async function check(chain: string, commit: Commit, s: Signature, v: Validator) {
  const key = publicKey(v);
  if (s.validator_address !== v.address || (await addressOf(key)) !== v.address) {
    throw new Error(`signature of ${s.validator_address}: validator ${v.address} is at its place, with another key or address`);
  }
  const signature = fromBase64(s.signature ?? "");
  if (signature.length !== 64 || !ed25519.verify(signature, signBytes(chain, commit, s.timestamp), key)) {
    throw new Error(`signature of validator ${v.address} is not of this block`);
  }
}
