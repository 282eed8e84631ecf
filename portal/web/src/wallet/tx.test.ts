import { MsgAcceptEngagementSchema, MsgPlaceBidSchema } from "@gen/proto/alaya/market/v1/tx_pb";
import { describe, expect, it } from "vitest";
import { addressOf, checkPhrase, hashOf, newPhrase, privateKeyOf, publicKeyOf, signatureOf } from "./keys";
import { message } from "./message";
// Made by the Go client: KeyFromMnemonic, the SDK's transaction types, and its signature in SIGN_MODE_DIRECT.
import vectors from "./testdata/signed.json";
import { authInfoOf, bodyOf, seal, signBytes, signedBy, type Fee } from "./tx";

const hex = (bytes: Uint8Array) => [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");

describe("keys", () => {
  it("gives the addresses that the Go client gives", async () => {
    const derived = await Promise.all([0, 1, 2].map((i) => privateKeyOf(vectors.phrase, i)));
    expect(derived.map((key) => addressOf(publicKeyOf(key)))).toEqual(vectors.addresses);
    expect(hex(publicKeyOf(derived[0]!))).toBe(vectors.publicKey);
  });

  it("makes phrases of 24 words, another each time, that read back", () => {
    const phrases = [newPhrase(), newPhrase()];
    for (const phrase of phrases) {
      expect(phrase.split(" ")).toHaveLength(24);
      expect(checkPhrase(`  ${phrase.toUpperCase().replaceAll(" ", "\n ")} `)).toBe(phrase);
    }
    expect(phrases[0]).not.toBe(phrases[1]);
  });

  it.each(["", "abandon", vectors.phrase.replace("art", "abandon"), vectors.phrase.replace("art", "notaword")])(
    "refuses the phrase %j without repeating it",
    (phrase) => {
      expect(() => checkPhrase(phrase)).toThrow("Not 12 to 24 words");
    },
  );
});

describe("a transaction", () => {
  const fees: Fee[] = [
    { gas: 60_000_000n, amount: 0n },
    { gas: 200_000n, amount: 500n, granter: vectors.addresses[1] },
  ];
  const request = vectors.request;
  const messages = [
    message(MsgPlaceBidSchema, { request, price: 1_250_000n, units: 300n, pages: [0, 2, 7] }),
    message(MsgAcceptEngagementSchema, { request, termsHash: new Uint8Array(32) }),
  ].map((m) => signedBy(vectors.addresses[0]!, m));

  it.each([0, 1])("has the bytes and the signature that Go gives it, fee %i", async (i) => {
    const key = await privateKeyOf(vectors.phrase);
    const order = { chainId: "alaya-local", number: 7n, sequence: 42n, fee: fees[i]! };
    const body = bodyOf(messages);
    const authInfo = authInfoOf(publicKeyOf(key), order.sequence, order.fee);
    const signature = signatureOf(key, signBytes(body, authInfo, order));
    expect(hex(signature)).toBe(vectors.txs[i]!.signature);
    expect(hex(seal(body, authInfo, signature))).toBe(vectors.txs[i]!.raw);
  });

  it("is named by the hash of its bytes", () => {
    expect(hashOf(new TextEncoder().encode("abc"))).toBe("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD");
  });

  it("of no message is refused", () => expect(() => bodyOf([])).toThrow("0 messages"));
});
