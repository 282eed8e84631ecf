import { getSamples } from "@/api/account";
import { Fault } from "@/api/error";
import { keplrAccount, keplrSign } from "./keplr";
import { privateKeyOf, publicKeyOf, signatureOf } from "./keys";
import { publicKey, withKey } from "./session";
import type { Account } from "./state";
import { authInfoOf, seal, signBytes, type Order } from "./tx";

/** Who signs, wherever the key is. */
export interface Signer {
  address: string;
  publicKey: Uint8Array;
  /** The transaction as the chain takes it. */
  sign: (body: Uint8Array, order: Order) => Promise<Uint8Array<ArrayBuffer>>;
}

function local(address: string, pub: Uint8Array, signText: (text: Uint8Array) => Promise<Uint8Array>): Signer {
  return {
    address,
    publicKey: pub,
    sign: async (body, order) => {
      const authInfo = authInfoOf(pub, order.sequence, order.fee);
      return seal(body, authInfo, await signText(signBytes(body, authInfo, order)));
    },
  };
}

async function sample(address: string): Promise<Signer> {
  const found = (await getSamples()).find((s) => s.address === address);
  if (!found) throw new Fault("not found", `This node has no sample account ${address}.`);
  const key = await privateKeyOf(found.phrase);
  return local(address, publicKeyOf(key), (text) => Promise.resolve(signatureOf(key, text)));
}

async function sealed(address: string): Promise<Signer> {
  return local(address, await publicKey(address), (text) => withKey(address, (key) => signatureOf(key, text)));
}

async function keplr(address: string, chainId: string): Promise<Signer> {
  const account = await keplrAccount(chainId);
  if (account.address !== address) throw new Fault("state", `Keplr has another account in use: ${account.address}.`);
  return {
    address,
    publicKey: account.publicKey,
    sign: async (body, order) => {
      const authInfo = authInfoOf(account.publicKey, order.sequence, order.fee);
      const signed = await keplrSign(address, order.chainId, order.number, body, authInfo);
      return seal(signed.body, signed.authInfo, signed.signature);
    },
  };
}

/** Who signs for an account. */
export function signerOf({ kind, address }: Account, chainId: string): Promise<Signer> {
  if (kind === "sample") return sample(address);
  return kind === "keplr" ? keplr(address, chainId) : sealed(address);
}
