import { Bip39, EnglishMnemonic, Random, Ripemd160, Secp256k1, Sha256, Slip10, Slip10Curve, stringToPath } from "@cosmjs/crypto";
import { toBech32 } from "@cosmjs/encoding";
import { Fault } from "@/api/error";

const prefix = "alaya";
const path = (index: number) => stringToPath(`m/44'/118'/0'/0/${index}`);

/** 24 new words of BIP-39, from the browser's randomness. */
export function newPhrase(): string {
  return Bip39.encode(Random.getBytes(32)).toString();
}

/** The words in their one spelling; throws when they are not 12 to 24 words with their checksum. */
export function checkPhrase(text: string): string {
  const words = text.trim().toLowerCase().split(/\s+/).join(" ");
  try {
    return new EnglishMnemonic(words).toString();
  } catch {
    throw new Fault("invalid", "Not 12 to 24 words of BIP-39 with their checksum.");
  }
}

/** The private key, 32 bytes, of a phrase's account number index, as Cosmos wallets derive it. */
export async function privateKeyOf(phrase: string, index = 0): Promise<Uint8Array> {
  const seed = await Bip39.mnemonicToSeed(new EnglishMnemonic(phrase));
  const { privkey } = Slip10.derivePath(Slip10Curve.Secp256k1, seed, path(index));
  seed.fill(0);
  return privkey;
}

/** The public key, 33 bytes. */
export function publicKeyOf(privateKey: Uint8Array): Uint8Array {
  return Secp256k1.compressPubkey(Secp256k1.makeKeypair(privateKey).pubkey);
}

/** The address that a public key stands behind. */
export function addressOf(publicKey: Uint8Array): string {
  return toBech32(prefix, new Ripemd160().update(new Sha256(publicKey).digest()).digest());
}

/** The signature over a text, 64 bytes, the same every time. */
export function signatureOf(privateKey: Uint8Array, text: Uint8Array): Uint8Array {
  const signature = Secp256k1.createSignature(new Sha256(text).digest(), privateKey);
  return new Uint8Array([...signature.r(32), ...signature.s(32)]);
}

/** The name of a transaction: the hash of its bytes in upper-case hex. */
export function hashOf(raw: Uint8Array): string {
  return [...new Sha256(raw).digest()].map((b) => b.toString(16).padStart(2, "0")).join("").toUpperCase();
}
