import { Fault } from "@/api/error";
import { openShelf } from "@/api/shelf";
import { wallet } from "./state";
import { changePassphrase, createVault, dropKey, keepKey, openVault, readKey, readPhrase, readPublicKey, type Secret, type Vault } from "./vault";

const shelf = openShelf<Vault>("alaya.wallet");

/** The opened vault, in memory alone: a reload locks it. */
let opened: CryptoKey | undefined;
let timer: number | undefined;

const lockAfterKey = "alaya.lockAfter";
/** The choices of minutes without use after which keys lock themselves. */
export const lockChoices = [5, 15, 60] as const;

export function lockAfter(): number {
  const minutes = Number(localStorage.getItem(lockAfterKey));
  return lockChoices.find((choice) => choice === minutes) ?? 15;
}

export function setLockAfter(minutes: number) {
  localStorage.setItem(lockAfterKey, String(minutes));
  touch();
}

/** Whoever types or points is there: the time without use begins anew. */
function touch() {
  if (!opened) return;
  window.clearTimeout(timer);
  timer = window.setTimeout(lock, lockAfter() * 60_000);
}

const signs = ["pointerdown", "keydown"] as const;

function begin(key: CryptoKey) {
  opened = key;
  signs.forEach((sign) => window.addEventListener(sign, touch, { passive: true }));
  touch();
  wallet.set((before) => ({ ...before, unlocked: true }));
}

/** Forgets the opened vault. */
export function lock() {
  opened = undefined;
  window.clearTimeout(timer);
  signs.forEach((sign) => window.removeEventListener(sign, touch));
  wallet.set((before) => ({ ...before, unlocked: false }));
}

function inUse(): CryptoKey {
  if (!opened) throw new Fault("locked", "Keys are locked.");
  return opened;
}

/** Whether this browser has keys under a passphrase. */
export const hasVault = async () => (await shelf.names()).length > 0;

/** Opens the vault until it locks itself. */
export async function unlock(passphrase: string) {
  begin(await openVault(shelf, passphrase));
}

/** Keeps a key: in the opened vault, or in one that the passphrase opens or begins. */
export async function keep(secret: Secret, passphrase: string) {
  if (!opened) begin(await ((await hasVault()) ? openVault : createVault)(shelf, passphrase));
  await keepKey(shelf, inUse(), secret);
}

/** Takes a key out of this browser for good. */
export async function forget(address: string) {
  await dropKey(shelf, address);
  if (!(await hasVault())) lock();
}

/** The words of an account, to whoever gives the passphrase again. */
export async function exportPhrase(address: string, passphrase: string): Promise<string> {
  return readPhrase(shelf, await openVault(shelf, passphrase), address);
}

export async function setPassphrase(before: string, after: string) {
  begin(await changePassphrase(shelf, before, after));
}

export const publicKey = (address: string) => readPublicKey(shelf, address);

/** Hands the private key to act and wipes it afterwards. */
export async function withKey<T>(address: string, act: (privateKey: Uint8Array) => T): Promise<T> {
  const privateKey = await readKey(shelf, inUse(), address);
  try {
    return act(privateKey);
  } finally {
    privateKey.fill(0);
  }
}
