import { MsgAcceptEngagementSchema, MsgPlaceBidSchema } from "@gen/proto/alaya/market/v1/tx_pb";
import { fromBinary } from "@bufbuild/protobuf";
import { SignDocSchema } from "@gen/proto/cosmos/tx/v1beta1/tx_pb";
import { afterEach, expect, it, vi } from "vitest";
import { privateKeyOf, publicKeyOf, signatureOf } from "./keys";
import { message } from "./message";
import { signerOf } from "./signer";
import vectors from "./testdata/signed.json";
import { bodyOf, signBytes, signedBy } from "./tx";

const address = vectors.addresses[0]!;
const hex = (bytes: Uint8Array) => [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
const request = vectors.request;
const body = bodyOf(
  [
    message(MsgPlaceBidSchema, { request, price: 1_250_000n, units: 300n, pages: [0, 2, 7] }),
    message(MsgAcceptEngagementSchema, { request, termsHash: new Uint8Array(32) }),
  ].map((m) => signedBy(address, m)),
);
const order = { chainId: "alaya-local", number: 7n, sequence: 42n, fee: { gas: 60_000_000n, amount: 0n } };

afterEach(() => {
  vi.unstubAllGlobals();
  delete window.keplr;
});

it("signs with a sample account's phrase as Go does", async () => {
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json({ items: [{ name: "anna", role: "contributor", address, phrase: vectors.phrase }] })));
  const signer = await signerOf({ kind: "sample", address, name: "" }, order.chainId);
  expect(hex(await signer.sign(body, order))).toBe(vectors.txs[0]!.raw);
});

/** A wallet with Keplr's interface around our own key. */
async function keplr(key: Uint8Array) {
  const suggested: object[] = [];
  window.keplr = {
    experimentalSuggestChain: (chain) => Promise.resolve(void suggested.push(chain)),
    enable: () => Promise.resolve(),
    getKey: () => Promise.resolve({ name: "mine", bech32Address: address, pubKey: publicKeyOf(key) }),
    signDirect: (_, __, doc) => {
      const text = signBytes(doc.bodyBytes, doc.authInfoBytes, { ...order, chainId: doc.chainId, number: doc.accountNumber });
      expect(fromBinary(SignDocSchema, text).accountNumber).toBe(7n);
      return Promise.resolve({ signed: doc, signature: { signature: btoa(String.fromCharCode(...signatureOf(key, text))) } });
    },
  };
  return suggested;
}

it("has Keplr sign the same bytes, after telling it of the chain", async () => {
  const suggested = await keplr(await privateKeyOf(vectors.phrase));
  const signer = await signerOf({ kind: "keplr", address, name: "" }, order.chainId);
  expect(hex(await signer.sign(body, order))).toBe(vectors.txs[0]!.raw);
  expect(suggested[0]).toMatchObject({ chainId: "alaya-local", bip44: { coinType: 118 }, bech32Config: { bech32PrefixAccAddr: "alaya" } });
});

it("does not sign when Keplr has another account in use", async () => {
  await keplr(await privateKeyOf(vectors.phrase));
  await expect(signerOf({ kind: "keplr", address: vectors.addresses[1]!, name: "" }, order.chainId)).rejects.toThrow("another account");
});

it("tells a refusal of Keplr's owner from a failure", async () => {
  await keplr(await privateKeyOf(vectors.phrase));
  window.keplr!.signDirect = () => Promise.reject(new Error("Request rejected"));
  const signer = await signerOf({ kind: "keplr", address, name: "" }, order.chainId);
  await expect(signer.sign(body, order)).rejects.toMatchObject({ kind: "cancelled" });
});
