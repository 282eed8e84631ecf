// @vitest-environment node
import { beforeEach, describe, expect, it } from "vitest";
import { isFault } from "@/api/error";
import { memoryShelf, type Shelf } from "@/api/shelf";
import { changePassphrase, createVault, dropKey, iterations, keepKey, openVault, readKey, readPhrase, readPublicKey, type Secret, type Vault } from "./vault";

const quick = 1000; // iterations, where their number is not what is tested
const passphrase = "a long passphrase";
const secret: Secret = {
  address: "alaya1abc",
  publicKey: new Uint8Array(33).fill(2),
  privateKey: new Uint8Array(32).fill(7),
  phrase: "twenty four words in all",
};

let shelf: Shelf<Vault>;
let key: CryptoKey;
beforeEach(async () => {
  shelf = memoryShelf();
  key = await createVault(shelf, passphrase, quick);
  await keepKey(shelf, key, secret);
});

const kindOf = (promise: Promise<unknown>) => promise.then(() => "done", (error: unknown) => (error as { kind?: string }).kind);

describe("a vault", () => {
  it("gives a key back to the right passphrase", async () => {
    const opened = await openVault(shelf, passphrase);
    expect(await readKey(shelf, opened, secret.address)).toEqual(secret.privateKey);
    expect(await readPhrase(shelf, opened, secret.address)).toBe(secret.phrase);
    expect(await readPublicKey(shelf, secret.address)).toEqual(secret.publicKey);
  });

  it("is the same for a passphrase typed in another form of Unicode", async () => {
    const other = memoryShelf<Vault>();
    await createVault(other, "pa\u0308ssphrase-1", quick);
    await expect(openVault(other, "p\u00e4ssphrase-1")).resolves.toBeDefined();
  });

  it.each(["", "a long passphrasf", `${passphrase} `])("stays shut to the passphrase %j", async (wrong) => {
    await expect(openVault(shelf, wrong)).rejects.toSatisfy((e) => isFault(e, "forbidden"));
  });

  it("refuses a short passphrase, and to begin over keys that are there", async () => {
    expect(await kindOf(createVault(memoryShelf(), "short"))).toBe("invalid");
    expect(await kindOf(createVault(shelf, "another passphrase"))).toBe("exists");
  });

  it("stores no secret in the clear and gives out no key", async () => {
    const vault = (await shelf.get("vault"))!;
    const text = JSON.stringify(vault, (_, v: unknown) => (v instanceof Uint8Array ? new TextDecoder("latin1").decode(v) : v));
    expect(text).not.toContain("twenty");
    expect(text).not.toContain("\u0007\u0007\u0007\u0007");
    expect(text).not.toContain("long pass");
    await expect(crypto.subtle.exportKey("raw", key)).rejects.toThrow();
  });

  it("notices a changed ciphertext, and one moved to another address", async () => {
    const vault = (await shelf.get("vault"))!;
    const [sealed] = vault.keys;
    await shelf.put("vault", { ...vault, keys: [{ ...sealed!, address: "alaya1other" }] });
    await expect(readKey(shelf, key, "alaya1other")).rejects.toThrow();
    const data = sealed!.privateKey.data.slice();
    data[0]! ^= 1;
    await shelf.put("vault", { ...vault, keys: [{ ...sealed!, privateKey: { ...sealed!.privateKey, data } }] });
    await expect(readKey(shelf, key, secret.address)).rejects.toThrow();
  });

  it("costs a guesser at least 600,000 rounds by default", async () => {
    const fresh = memoryShelf<Vault>();
    await createVault(fresh, passphrase);
    expect((await fresh.get("vault"))!.iterations).toBe(iterations);
    expect(iterations).toBeGreaterThanOrEqual(600_000);
  }, 60_000);

  it("is opened by the new passphrase alone after a change", async () => {
    await changePassphrase(shelf, passphrase, "the next passphrase", quick);
    expect(await kindOf(openVault(shelf, passphrase))).toBe("forbidden");
    const opened = await openVault(shelf, "the next passphrase");
    expect(await readKey(shelf, opened, secret.address)).toEqual(secret.privateKey);
    expect(await readPhrase(shelf, opened, secret.address)).toBe(secret.phrase);
    expect(await kindOf(changePassphrase(shelf, "wrong wrong wrong", "yet another one", quick))).toBe("forbidden");
  });

  it("is gone with its last key", async () => {
    await dropKey(shelf, secret.address);
    expect(await shelf.names()).toEqual([]);
  });
});
