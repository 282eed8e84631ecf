import { DatasetSchema } from "@gen/proto/alaya/dataset/v1/dataset_pb";
import { fromBinary } from "@bufbuild/protobuf";
import { type Bytes, concat, fromBase64, fromHex, toHex } from "@/records/hash";
import { merkleLeaf, merklePath } from "@/records/merkle";
import { type Commit, countSignatures } from "./commit";
import { type Header, type Validator, headerHash, validatorsHash } from "./header";
import { iavl, rootOf, simple } from "./ics23";

/** One record of a dataset, and all that ties it to a signed block. */
export interface RecordProof {
  /** The line of the records blob, its place from 0, and the hashes beside its way up, in hex. */
  record: { line: string; index: number; path: string[] };
  /** The dataset's entry in the state, as client.Proof writes it. */
  proof: {
    store: string;
    key: string;
    value: string;
    height: number;
    path: { ops: { type: string; key: string; data: string }[] };
  };
  header: {
    signed_header: { header: Header; commit: Commit };
    validator_set: { validators: Validator[] };
  };
}

export const stepNames = ["record", "entry", "store", "state", "header", "validators", "signatures", "trust"] as const;
export type StepName = (typeof stepNames)[number];

/** What a step was given and found; error: why it does not hold. */
export interface Step {
  name: StepName;
  facts: Record<string, string>;
  error?: string;
}

const upper = (bytes: Uint8Array) => toHex(bytes).toUpperCase();

function same(what: string, got: string, want: string) {
  if (got !== want) throw new Error(`${what}: ${got}, want ${want}`);
}

/**
 * Verifies a record in order until a step fails: line → records root → entry of
 * the dataset → store → app hash → header → validators → signatures. Only the
 * last step rests on something from outside: trusted, the hash of a set of
 * validators that the reader believes in; without it that step says so.
 */
export async function verify(p: RecordProof, dataset: string, trusted?: string): Promise<Step[]> {
  const walk = new Walk(p, dataset, trusted);
  const steps: Step[] = [];
  for (const name of stepNames) {
    const step: Step = { name, facts: {} };
    steps.push(step);
    try {
      await walk[name](step.facts);
    } catch (error) {
      step.error = error instanceof Error ? error.message : String(error);
      break;
    }
  }
  return steps;
}

type Facts = Record<string, string>;

class Walk {
  readonly #p: RecordProof;
  readonly #dataset: string;
  readonly #trusted: string | undefined;
  #recordsRoot = "";
  #storeRoot: Bytes = new Uint8Array();
  #appHash = "";

  constructor(p: RecordProof, dataset: string, trusted: string | undefined) {
    this.#p = p;
    this.#dataset = dataset;
    this.#trusted = trusted;
  }

  get #header() {
    return this.#p.header.signed_header.header;
  }

  get #entry() {
    return fromBinary(DatasetSchema, fromBase64(this.#p.proof.value));
  }

  async record(facts: Facts) {
    const { line, index, path } = this.#p.record;
    const leaf = new TextEncoder().encode(line);
    facts.leaf = toHex(await merkleLeaf(leaf));
    const count = Number(this.#entry.records);
    this.#recordsRoot = toHex(await merklePath(leaf, index, count, path.map(fromHex)));
    facts.root = this.#recordsRoot;
    facts.place = `${index + 1} / ${count}`;
  }

  entry(facts: Facts) {
    const entry = this.#entry;
    facts.dataset = `${entry.id} v${entry.version}`;
    facts.root = toHex(entry.recordsRoot);
    same("dataset", entry.id, this.#dataset);
    const version = new Uint8Array(4);
    new DataView(version.buffer).setUint32(0, entry.version);
    const key = concat(Uint8Array.of(1), new TextEncoder().encode(entry.id), Uint8Array.of(0), version);
    same("key of the entry", toHex(fromBase64(this.#p.proof.key)), toHex(key));
    same("records root", this.#recordsRoot, facts.root);
  }

  async store(facts: Facts) {
    const op = this.#op(0, "ics23:iavl", fromBase64(this.#p.proof.key));
    this.#storeRoot = await rootOf(iavl, op, fromBase64(this.#p.proof.key), fromBase64(this.#p.proof.value));
    facts.store = this.#p.proof.store;
    facts.root = toHex(this.#storeRoot);
    same("store", this.#p.proof.store, "dataset");
  }

  async state(facts: Facts) {
    const name = new TextEncoder().encode(this.#p.proof.store);
    this.#appHash = upper(await rootOf(simple, this.#op(1, "ics23:simple", name), name, this.#storeRoot));
    facts.app_hash = this.#appHash;
    facts.height = String(this.#p.proof.height);
    if (this.#p.proof.path.ops.length !== 2) throw new Error(`path of ${this.#p.proof.path.ops.length} trees, want 2`);
  }

  async header(facts: Facts) {
    const commit = this.#p.header.signed_header.commit;
    facts.height = this.#header.height;
    facts.time = this.#header.time;
    facts.hash = upper(await headerHash(this.#header));
    same("app hash", this.#appHash, this.#header.app_hash);
    same("height of the header", this.#header.height, String(this.#p.proof.height + 1));
    same("hash of the signed block", facts.hash, commit.block_id.hash);
    same("height of the signatures", commit.height, this.#header.height);
  }

  async validators(facts: Facts) {
    facts.hash = upper(await validatorsHash(this.#p.header.validator_set.validators));
    same("validators", facts.hash, this.#header.validators_hash);
  }

  async signatures(facts: Facts) {
    const { commit } = this.#p.header.signed_header;
    const set = this.#p.header.validator_set.validators;
    const signed = await countSignatures(this.#header.chain_id, commit, set);
    facts.validators = `${signed.validators} / ${set.length}`;
    facts.power = `${signed.power} / ${signed.total}`;
    if (signed.power * 3n <= signed.total * 2n) throw new Error(`power ${facts.power}: want more than two thirds`);
  }

  trust(facts: Facts) {
    facts.chain = this.#header.chain_id;
    facts.validators = this.#header.validators_hash;
    if (this.#trusted) same("validators", this.#header.validators_hash, this.#trusted.trim().toUpperCase());
    facts.from = this.#trusted ? "reader" : "gateway";
  }

  #op(i: number, type: string, key: Uint8Array): Bytes {
    const op = this.#p.proof.path.ops[i];
    if (op?.type !== type) throw new Error(`step ${i + 1} of the path is ${op?.type ?? "missing"}, want ${type}`);
    same(`key of step ${i + 1}`, toHex(fromBase64(op.key)), toHex(key));
    return fromBase64(op.data);
  }
}
