import { describe, expect, it } from "vitest";
import { fromBase64, toBase64, toHex } from "@/records/hash";
import { merkleLeaf, merkleRoot } from "@/records/merkle";
import found from "./testdata/delivered.json";
import { type RecordProof, stepNames, verify } from "./verify";

// delivered.json holds of a folder that `alaya demo --keep` delivered: header.json,
// the first line of state.jsonl, and records.jsonl.
interface Delivered { header: RecordProof["header"]; proof: RecordProof["proof"]; records: string }
const delivered: Delivered = found;
const lines = delivered.records.trimEnd().split("\n");
const dataset = new TextDecoder().decode(fromBase64(delivered.proof.key).slice(1, -5));

async function path(index: number): Promise<string[]> {
  const hashes: string[] = [];
  let level = await Promise.all(lines.map((l) => merkleLeaf(new TextEncoder().encode(l))));
  for (let at = index; level.length > 1; at >>= 1) {
    const beside = level[at ^ 1];
    if (beside) hashes.push(toHex(beside));
    const next = [];
    for (let i = 0; i < level.length; i += 2) {
      const [a, b] = [level[i]!, level[i + 1]];
      next.push(b ? new Uint8Array(await crypto.subtle.digest("SHA-256", Uint8Array.of(1, ...a, ...b))) : a);
    }
    level = next;
  }
  return hashes;
}

async function whole(index: number): Promise<RecordProof> {
  return structuredClone({
    header: delivered.header,
    proof: delivered.proof,
    record: { line: lines[index]!, index, path: await path(index) },
  });
}

function flip(text: string, at = 0): string {
  const bytes = fromBase64(text);
  bytes[at < 0 ? bytes.length + at : at]! ^= 1;
  return toBase64(bytes);
}

describe("a record's proof", () => {
  it("holds for every record of a delivered dataset", async () => {
    for (const index of lines.keys()) {
      const steps = await verify(await whole(index), dataset);
      expect(steps.map((s) => s.error)).toEqual(stepNames.map(() => undefined));
    }
  });

  it("has the root of all records", async () => {
    const root = await merkleRoot(lines.map((l) => new TextEncoder().encode(l)));
    const [step] = await verify(await whole(0), dataset);
    expect(step?.facts.root).toBe(toHex(root));
  });

  it("accepts the validators that the reader trusts, and no others", async () => {
    const p = await whole(3);
    const hash = p.header.signed_header.header.validators_hash;
    expect((await verify(p, dataset, hash.toLowerCase())).at(-1)).toMatchObject({ name: "trust", facts: { from: "reader" } });
    expect((await verify(p, dataset, "AB")).at(-1)?.error).toMatch(/want AB/);
  });

  const spoilt: [string, string, (p: RecordProof) => void][] = [
    ["another line", "entry", (p) => (p.record.line += " ")],
    ["another place", "entry", (p) => (p.record.index ^= 1)],
    ["a place beyond the end", "record", (p) => (p.record.index = 45)],
    ["a hash of the path", "entry", (p) => (p.record.path[1] = "00".repeat(32))],
    ["a hash too few", "record", (p) => p.record.path.pop()],
    ["a hash too many", "record", (p) => p.record.path.push(p.record.path[0]!)],
    ["the entry's last byte", "store", (p) => (p.proof.value = flip(p.proof.value, -1))],
    ["the entry's key", "entry", (p) => (p.proof.key = flip(p.proof.key, -1))],
    ["the proof in the store", "store", (p) => (p.proof.path.ops[0]!.data = flip(p.proof.path.ops[0]!.data, 40))],
    ["the proof of the store", "state", (p) => (p.proof.path.ops[1]!.data = flip(p.proof.path.ops[1]!.data, 20))],
    ["the last hash of the proof", "header", (p) => (p.proof.path.ops[1]!.data = flip(p.proof.path.ops[1]!.data, -1))],
    ["a tree too few", "state", (p) => p.proof.path.ops.pop()],
    ["the app hash", "header", (p) => (p.header.signed_header.header.app_hash = "00".repeat(32))],
    ["the time of the block", "header", (p) => (p.header.signed_header.header.time = "2026-01-01T00:00:00Z")],
    ["the chain's name", "header", (p) => (p.header.signed_header.header.chain_id = "other")],
    ["the power of a validator", "validators", (p) => (p.header.validator_set.validators[0]!.voting_power = "1001")],
    ["no signature", "signatures", (p) => (p.header.signed_header.commit.signatures[0]!.block_id_flag = 1)],
    ["a signature", "signatures", (p) => {
      const s = p.header.signed_header.commit.signatures[0]!;
      s.signature = flip(s.signature!);
    }],
    ["the time of a signature", "signatures", (p) => (p.header.signed_header.commit.signatures[0]!.timestamp = "2026-01-01T00:00:00Z")],
    ["the round that was signed", "signatures", (p) => (p.header.signed_header.commit.round = 1)],
  ];
  it.each(spoilt)("fails with %s, at the step %s", async (_, at, spoil) => {
    const p = await whole(6);
    spoil(p);
    const last = (await verify(p, dataset)).at(-1);
    expect(last).toMatchObject({ name: at });
    expect(last?.error).toBeTruthy();
  });

  it("fails for another dataset", async () => {
    expect((await verify(await whole(0), "0000000000000000")).at(-1)).toMatchObject({ name: "entry" });
  });
});
