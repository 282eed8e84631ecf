import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { cidOf } from "./cid";
import type { Form } from "./form";
import { type Bytes, fromBase64, toBase64, toHex } from "./hash";
import { merkleRoot } from "./merkle";
import { type Answer, commitmentOf, encodeAnswers, type Sheet } from "./submission";

// Made by: go run ./portal/web/src/records/testdata/vectors.go > portal/web/src/records/testdata/vectors.json
interface Vectors {
  cids: Record<string, string>;
  roots: Record<string, string>;
  submission: { sheet: Sheet; answers: Answer[]; blob: string; cid: string; salt: string; commitment: string };
}
const vectors = JSON.parse(readFileSync("src/records/testdata/vectors.json", "utf8")) as Vectors;

const form: Form = {
  controls: [
    { name: "kind", type: "choice", labels: [{ id: "a&b" }] },
    { name: "where", type: "box", labels: [{ id: "x" }] },
  ],
};

function content(n: number): Bytes {
  return Uint8Array.from({ length: n }, (_, i) => i % 251);
}

describe("what Go made", () => {
  it.each(Object.entries(vectors.cids))("is named alike: %s bytes", async (n, cid) => {
    expect(await cidOf(content(Number(n)))).toBe(cid);
  });

  it.each(Object.entries(vectors.roots))("has the same Merkle root: %s leaves", async (n, root) => {
    const leaves = Array.from({ length: Number(n) }, (_, i) => content(i));
    expect(toHex(await merkleRoot(leaves))).toBe(root);
  });

  it("has the same bytes, id and commitment as a submission", async () => {
    const { sheet, answers, blob, cid, salt, commitment } = vectors.submission;
    const made = encodeAnswers(sheet, { question: "", form }, answers);
    expect(toBase64(made)).toBe(blob);
    expect(await cidOf(made)).toBe(cid);
    expect(toHex(await commitmentOf(cid, fromBase64(salt)))).toBe(commitment);
  });
});

it("refuses a submission beyond 4 MiB", () => {
  const answers = Array.from({ length: 5 }, (_, i) => ({ item: String(i), note: "x".repeat(1 << 20) }));
  const sheet = { request: "r", round: 1, page: 0, contributor: "c", guideline: 1 };
  expect(() => encodeAnswers(sheet, { question: "" }, answers)).toThrow(/size/);
});
