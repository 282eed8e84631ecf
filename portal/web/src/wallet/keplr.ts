import { Fault } from "@/api/error";

/** The part of Keplr's interface that we use; other wallets offer the same. */
interface Keplr {
  experimentalSuggestChain: (chain: object) => Promise<void>;
  enable: (chainId: string) => Promise<void>;
  getKey: (chainId: string) => Promise<{ name: string; bech32Address: string; pubKey: Uint8Array }>;
  signDirect: (
    chainId: string,
    signer: string,
    doc: { bodyBytes: Uint8Array; authInfoBytes: Uint8Array; chainId: string; accountNumber: bigint },
    options: object,
  ) => Promise<{
    signed: { bodyBytes: Uint8Array; authInfoBytes: Uint8Array };
    signature: { signature: string };
  }>;
}

declare global {
  interface Window {
    keplr?: Keplr;
  }
}

export const hasKeplr = () => window.keplr !== undefined;

/** How our chain is described to a wallet that does not know it. */
function chain(chainId: string) {
  const currency = { coinDenom: "ALY", coinMinimalDenom: "ualy", coinDecimals: 6 };
  const prefix = "alaya";
  return {
    chainId,
    chainName: "Alaya",
    rpc: window.location.origin,
    rest: window.location.origin,
    bip44: { coinType: 118 },
    bech32Config: {
      bech32PrefixAccAddr: prefix,
      bech32PrefixAccPub: `${prefix}pub`,
      bech32PrefixValAddr: `${prefix}valoper`,
      bech32PrefixValPub: `${prefix}valoperpub`,
      bech32PrefixConsAddr: `${prefix}valcons`,
      bech32PrefixConsPub: `${prefix}valconspub`,
    },
    currencies: [currency],
    feeCurrencies: [{ ...currency, gasPriceStep: { low: 0, average: 0, high: 0.001 } }],
    stakeCurrency: currency,
  };
}

async function keplrOf(chainId: string): Promise<Keplr> {
  if (!window.keplr) throw new Fault("not found", "Keplr is not in this browser.");
  await window.keplr.experimentalSuggestChain(chain(chainId));
  await window.keplr.enable(chainId);
  return window.keplr;
}

/** The account that Keplr has chosen. */
export async function keplrAccount(chainId: string) {
  const { name, bech32Address, pubKey } = await (await keplrOf(chainId)).getKey(chainId);
  return { name, address: bech32Address, publicKey: pubKey };
}

/** Keplr's signature; its owner may have changed what he signs. */
export async function keplrSign(address: string, chainId: string, number: bigint, body: Uint8Array, authInfo: Uint8Array) {
  const keplr = await keplrOf(chainId);
  const doc = { bodyBytes: body, authInfoBytes: authInfo, chainId, accountNumber: number };
  const { signed, signature } = await keplr.signDirect(chainId, address, doc, { preferNoSetFee: true }).catch((cause: unknown) => {
    throw new Fault("cancelled", "Keplr did not sign.", { cause });
  });
  const bytes = Uint8Array.from(atob(signature.signature), (c) => c.charCodeAt(0));
  return { body: signed.bodyBytes, authInfo: signed.authInfoBytes, signature: bytes };
}
