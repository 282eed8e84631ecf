import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { exportPhrase, forget, hasVault, keep, lock, setLockAfter, unlock, withKey } from "./session";
import { wallet } from "./state";

vi.mock("@/api/shelf", async (real) => {
  const { memoryShelf } = await real<typeof import("@/api/shelf")>();
  return { memoryShelf, openShelf: memoryShelf };
});

const passphrase = "a long passphrase";
const address = "alaya1anna";
const secret = { address, publicKey: new Uint8Array(33), privateKey: new Uint8Array(32).fill(7), phrase: "some words" };
const patience = 60_000; // passphrases are made slow on purpose

beforeAll(() => keep(secret, passphrase), patience);
afterEach(() => vi.useRealTimers());

it("is open after a key was kept, and hands out keys that it wipes", async () => {
  expect(wallet.get().unlocked).toBe(true);
  let handed: Uint8Array | undefined;
  const sum = await withKey(address, (key) => {
    handed = key;
    return key.reduce((a, b) => a + b, 0);
  });
  expect(sum).toBe(7 * 32);
  expect(handed?.every((b) => b === 0)).toBe(true);
});

it("wipes the key even when signing fails", async () => {
  let handed: Uint8Array | undefined;
  const failed = withKey(address, (key) => {
    handed = key;
    throw new Error("no");
  });
  await expect(failed).rejects.toThrow("no");
  expect(handed?.every((b) => b === 0)).toBe(true);
});

it("locks itself when nobody does anything, later when somebody does", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  setLockAfter(5);
  vi.advanceTimersByTime(4 * 60_000);
  window.dispatchEvent(new Event("keydown"));
  vi.advanceTimersByTime(4 * 60_000);
  expect(wallet.get().unlocked).toBe(true);
  vi.advanceTimersByTime(60_001);
  expect(wallet.get().unlocked).toBe(false);
  await expect(withKey(address, () => 1)).rejects.toMatchObject({ kind: "locked" });
});

it("opens to its passphrase alone, and shows words to it alone", async () => {
  lock();
  await expect(unlock("another passphrase")).rejects.toMatchObject({ kind: "forbidden" });
  expect(wallet.get().unlocked).toBe(false);
  await unlock(passphrase);
  expect(wallet.get().unlocked).toBe(true);
  expect(await exportPhrase(address, passphrase)).toBe("some words");
  await expect(exportPhrase(address, "another passphrase")).rejects.toMatchObject({ kind: "forbidden" });
}, patience);

it("forgets a key for good, and is locked when none is left", async () => {
  await forget(address);
  expect(await hasVault()).toBe(false);
  expect(wallet.get().unlocked).toBe(false);
});
