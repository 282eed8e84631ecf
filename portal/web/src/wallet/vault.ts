import { Fault } from "@/api/error";
import type { Shelf } from "@/api/shelf";

/**
 * Keys at rest. One passphrase opens all keys of this browser: PBKDF2 makes a
 * key of AES-GCM from it, and each secret is encrypted under that with a nonce
 * of its own and bound to its address and use.
 *
 * Invariants:
 * 1. Neither the passphrase nor a secret in the clear is ever stored.
 * 2. The opened key cannot leave WebCrypto: it is not extractable.
 * 3. A change of passphrase is written in one step: it holds for all keys or none.
 */

/** Iterations of PBKDF2 with SHA-256 for new passphrases. */
export const iterations = 800_000;
/** The shortest passphrase. */
export const minPassphrase = 10;

interface Sealed {
  nonce: Uint8Array<ArrayBuffer>;
  data: Uint8Array<ArrayBuffer>;
}

interface SealedKey {
  address: string;
  publicKey: Uint8Array;
  privateKey: Sealed;
  phrase: Sealed;
}

/** All that is stored, as one value. */
export interface Vault {
  salt: Uint8Array<ArrayBuffer>;
  iterations: number;
  /** A known text: tells a wrong passphrase when there are no keys yet. */
  check: Sealed;
  keys: SealedKey[];
}

/** What an account's key is, before it is sealed. */
export interface Secret {
  address: string;
  publicKey: Uint8Array;
  privateKey: Uint8Array;
  phrase: string;
}

const name = "vault";
const checkText = "alaya vault";

async function derive(passphrase: string, salt: Uint8Array<ArrayBuffer>, rounds: number): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey("raw", bytes(passphrase.normalize("NFKC")), "PBKDF2", false, ["deriveKey"]);
  const params = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return crypto.subtle.deriveKey(params, material, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

const bytes = (text: string) => new Uint8Array(new TextEncoder().encode(text));
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

async function seal(key: CryptoKey, secret: Uint8Array, bound: string): Promise<Sealed> {
  const nonce = random(12);
  const how = { name: "AES-GCM", iv: nonce, additionalData: bytes(bound) };
  return { nonce, data: new Uint8Array(await crypto.subtle.encrypt(how, key, new Uint8Array(secret))) };
}

async function open(key: CryptoKey, { nonce, data }: Sealed, bound: string): Promise<Uint8Array> {
  const how = { name: "AES-GCM", iv: nonce, additionalData: bytes(bound) };
  return new Uint8Array(await crypto.subtle.decrypt(how, key, data));
}

async function sealSecret(key: CryptoKey, { address, publicKey, privateKey, phrase }: Secret): Promise<SealedKey> {
  return {
    address,
    publicKey,
    privateKey: await seal(key, privateKey, `key ${address}`),
    phrase: await seal(key, bytes(phrase), `phrase ${address}`),
  };
}

async function newVault(passphrase: string, rounds: number): Promise<{ vault: Vault; key: CryptoKey }> {
  if ([...passphrase].length < minPassphrase) {
    throw new Fault("invalid", `A passphrase of fewer than ${minPassphrase} characters.`);
  }
  const salt = random(16);
  const key = await derive(passphrase, salt, rounds);
  return { key, vault: { salt, iterations: rounds, check: await seal(key, bytes(checkText), "check"), keys: [] } };
}

/** Begins an empty vault under a passphrase. */
export async function createVault(shelf: Shelf<Vault>, passphrase: string, rounds = iterations): Promise<CryptoKey> {
  if (await shelf.get(name)) throw new Fault("exists", "This browser has keys under a passphrase already.");
  const { vault, key } = await newVault(passphrase, rounds);
  await shelf.put(name, vault);
  return key;
}

async function stored(shelf: Shelf<Vault>): Promise<Vault> {
  const vault = await shelf.get(name);
  if (!vault) throw new Fault("not found", "This browser holds no keys.");
  return vault;
}

/** Opens the vault; a wrong passphrase is a Fault of kind forbidden. */
export async function openVault(shelf: Shelf<Vault>, passphrase: string): Promise<CryptoKey> {
  const vault = await stored(shelf);
  const key = await derive(passphrase, vault.salt, vault.iterations);
  try {
    await open(key, vault.check, "check");
  } catch {
    throw new Fault("forbidden", "Wrong passphrase.");
  }
  return key;
}

/** Puts a key into the vault, in place of one of the same address. */
export async function keepKey(shelf: Shelf<Vault>, key: CryptoKey, secret: Secret): Promise<void> {
  const sealed = await sealSecret(key, secret);
  const vault = await stored(shelf);
  await shelf.put(name, { ...vault, keys: [...vault.keys.filter((k) => k.address !== secret.address), sealed] });
}

/** Takes a key out for good. */
export async function dropKey(shelf: Shelf<Vault>, address: string): Promise<void> {
  const vault = await stored(shelf);
  const keys = vault.keys.filter((k) => k.address !== address);
  if (keys.length > 0) await shelf.put(name, { ...vault, keys });
  else await shelf.delete(name);
}

async function find(shelf: Shelf<Vault>, address: string): Promise<SealedKey> {
  const sealed = (await stored(shelf)).keys.find((k) => k.address === address);
  if (!sealed) throw new Fault("not found", `This browser has no key of ${address}.`);
  return sealed;
}

/** The public key of an address; no passphrase is needed. */
export async function readPublicKey(shelf: Shelf<Vault>, address: string): Promise<Uint8Array> {
  return (await find(shelf, address)).publicKey;
}

/** The private key of an address in the clear. Wipe its bytes after use. */
export async function readKey(shelf: Shelf<Vault>, key: CryptoKey, address: string): Promise<Uint8Array> {
  return open(key, (await find(shelf, address)).privateKey, `key ${address}`);
}

/** The words of an address in the clear. */
export async function readPhrase(shelf: Shelf<Vault>, key: CryptoKey, address: string): Promise<string> {
  return new TextDecoder().decode(await open(key, (await find(shelf, address)).phrase, `phrase ${address}`));
}

/** Seals all keys anew under another passphrase. */
export async function changePassphrase(shelf: Shelf<Vault>, before: string, after: string, rounds = iterations): Promise<CryptoKey> {
  const old = await openVault(shelf, before);
  const { keys } = await stored(shelf);
  const { vault, key } = await newVault(after, rounds);
  for (const { address, publicKey } of keys) {
    const privateKey = await readKey(shelf, old, address);
    vault.keys.push(await sealSecret(key, { address, publicKey, privateKey, phrase: await readPhrase(shelf, old, address) }));
    privateKey.fill(0);
  }
  await shelf.put(name, vault);
  return key;
}
