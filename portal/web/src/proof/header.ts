import { merkleRoot } from "@/records/merkle";
import { type Bytes, fromBase64, fromHex, sha256, toHex } from "@/records/hash";
import { Fields, timestamp } from "./fields";

/** A block id in the engine's JSON: hashes in upper-case hex. */
export interface BlockId {
  hash: string;
  parts: { total: number; hash: string };
}

export interface Header {
  version: { block: string; app?: string };
  chain_id: string;
  height: string;
  time: string;
  last_block_id: BlockId;
  last_commit_hash: string;
  data_hash: string;
  validators_hash: string;
  next_validators_hash: string;
  consensus_hash: string;
  app_hash: string;
  last_results_hash: string;
  evidence_hash: string;
  proposer_address: string;
}

export interface Validator {
  address: string;
  pub_key: { type: string; value: string };
  voting_power: string;
}

const hex = (text: string) => fromHex(text.toLowerCase());
const wrapped = (bytes: Uint8Array) => new Fields().bytes(1, bytes).done();

export function blockId(id: BlockId): Bytes {
  const parts = new Fields().int(1, BigInt(id.parts.total)).bytes(2, hex(id.parts.hash)).done();
  return new Fields().bytes(1, hex(id.hash)).message(2, parts).done();
}

/** The hash of a header: the Merkle root over its fields, each in its encoding. */
export function headerHash(h: Header): Promise<Bytes> {
  return merkleRoot([
    new Fields().int(1, BigInt(h.version.block)).int(2, BigInt(h.version.app ?? "0")).done(),
    new Fields().text(1, h.chain_id).done(),
    new Fields().int(1, BigInt(h.height)).done(),
    timestamp(h.time),
    blockId(h.last_block_id),
    ...[
      h.last_commit_hash, h.data_hash, h.validators_hash, h.next_validators_hash, h.consensus_hash,
      h.app_hash, h.last_results_hash, h.evidence_hash, h.proposer_address,
    ].map((field) => wrapped(hex(field))),
  ]);
}

/** The public key of a validator; other kinds than Ed25519 are refused. */
export function publicKey(v: Validator): Bytes {
  const key = fromBase64(v.pub_key.value);
  if (v.pub_key.type !== "tendermint/PubKeyEd25519" || key.length !== 32) {
    throw new Error(`validator ${v.address}: key ${v.pub_key.type} of ${key.length} bytes: want Ed25519 of 32`);
  }
  return key;
}

/** The address that belongs to a public key. */
export async function addressOf(key: Bytes): Promise<string> {
  return toHex((await sha256(key)).slice(0, 20)).toUpperCase();
}

/** The hash of a set of validators, which a header names. */
export function validatorsHash(set: Validator[]): Promise<Bytes> {
  return merkleRoot(
    set.map((v) => {
      const key = new Fields().message(1, publicKey(v)).done();
      return new Fields().message(1, key).int(2, BigInt(v.voting_power)).done();
    }),
  );
}
