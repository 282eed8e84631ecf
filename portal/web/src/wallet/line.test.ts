import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { isFault } from "@/api/error";
import { Line } from "./line";
import { outcomeOf } from "./outcome";
import type { Signer } from "./signer";
import type { Order } from "./tx";

const free = { gas: 1n, amount: 0n };
const body = new Uint8Array([1]);

/** A chain of one account: it takes a transaction of the next sequence only. */
class Chain {
  sequence = 7n;
  exists = true;
  taken: bigint[] = [];
  /** Answers to the next broadcasts, before the rule applies. */
  odd: (() => Response | Promise<Response>)[] = [];
  final = new Map<string, object>();
  asked = 0;

  answer(path: string, init: RequestInit = {}): Response | Promise<Response> {
    if (path === "/tx") return this.odd.shift()?.() ?? this.take(init.body as Uint8Array);
    if (path.startsWith("/api/v1/accounts/")) {
      this.asked++;
      return Response.json({ address: "alaya1anna", number: "3", sequence: String(this.sequence), balance: "0", exists: this.exists, grants: [] });
    }
    const tx = this.final.get(path.split("/").at(-1) ?? "");
    return tx ? Response.json(tx) : refusal(404, "not found", "no such transaction");
  }

  private take(raw: Uint8Array): Response {
    const got = BigInt(raw[0] ?? 0);
    if (got !== this.sequence) return refusal(409, "state", `account sequence mismatch, expected ${this.sequence}, got ${got}: incorrect account sequence`);
    this.sequence++;
    this.taken.push(got);
    return Response.json({ hash: `H${got}` }, { status: 202 });
  }
}

const refusal = (status: number, kind: string, error: string) => Response.json({ kind, error }, { status });

const signed: Order[] = [];
const signer: Signer = {
  address: "alaya1anna",
  publicKey: new Uint8Array(33),
  sign: (_, order) => {
    signed.push(order);
    return Promise.resolve(new Uint8Array([Number(order.sequence)]));
  },
};

let chain: Chain;
beforeEach(() => {
  chain = new Chain();
  signed.length = 0;
  vi.stubGlobal("fetch", (path: string, init?: RequestInit) => Promise.resolve(chain.answer(path, init)));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("a line of transactions", () => {
  it("asks for its place once and sends many at a time, each at the next sequence", async () => {
    const line = new Line("alaya1anna", "alaya-local");
    const taken = await Promise.all([1, 2, 3, 4].map(() => line.send(signer, body, free)));
    expect(taken.map((t) => t.hash)).toEqual(["H7", "H8", "H9", "H10"]);
    expect(chain.asked).toBe(1);
    expect(signed[0]).toMatchObject({ chainId: "alaya-local", number: 3n, sequence: 7n });
  });

  it("signs anew when the key was used elsewhere", async () => {
    const line = new Line("alaya1anna", "alaya-local");
    await line.send(signer, body, free);
    chain.sequence = 20n;
    expect((await line.send(signer, body, free)).hash).toBe("H20");
    expect(signed.map((o) => o.sequence)).toEqual([7n, 8n, 20n]);
  });

  it("gives up when the sequence is another each time", async () => {
    chain.odd = Array.from({ length: 9 }, (_, i) => () => refusal(409, "state", `expected ${i + 50}, got 1`));
    await expect(new Line("alaya1anna", "c").send(signer, body, free)).rejects.toThrow("used elsewhere");
    expect(signed).toHaveLength(5);
  });

  it("asks for its place again after a failure whose outcome is not known, and lets the next one through", async () => {
    const line = new Line("alaya1anna", "c");
    chain.odd = [() => Promise.reject(new TypeError("network"))];
    const [lost, next] = await Promise.allSettled([line.send(signer, body, free), line.send(signer, body, free)]);
    expect(lost.status === "rejected" && isFault(lost.reason, "offline")).toBe(true);
    expect(next.status).toBe("fulfilled");
    expect(chain.asked).toBe(2);
  });

  it("says that an account without coins is not on the chain", async () => {
    chain.exists = false;
    await expect(new Line("alaya1anna", "c").send(signer, body, free)).rejects.toSatisfy((e) => isFault(e, "funds"));
  });
});

describe("the outcome of a transaction", () => {
  const taken = { hash: "H7", raw: new Uint8Array([7]) };
  const final = (tx: object) => chain.final.set("H7", { ok: true, code: 0, log: "", ...tx });

  it("comes when the transaction is in a block", async () => {
    setTimeout(() => final({ height: 12 }), 400);
    expect(await outcomeOf(taken)).toMatchObject({ height: 12 });
  });

  it.each([
    [6, "funds"],
    [4, "forbidden"],
    [99, "internal"],
  ])("of code %i is a fault of kind %s", async (code, kind) => {
    final({ ok: false, code, log: "market: no" });
    await expect(outcomeOf(taken)).rejects.toMatchObject({ kind, message: "market: no" });
  });

  it("is sent again when the node has forgotten it, and found to be replaced when another took its sequence", async () => {
    let time = 0;
    chain.sequence = 7n;
    vi.useFakeTimers();
    const waiting = outcomeOf(taken, () => (time += 6000));
    const check = expect(waiting).rejects.toSatisfy((e) => isFault(e, "state"));
    await vi.advanceTimersByTimeAsync(3000);
    expect(chain.taken).toEqual([7n]);
    await vi.advanceTimersByTimeAsync(10_000);
    await check;
  });

  it("is not known when no block has it for long", async () => {
    let time = 0;
    vi.useFakeTimers();
    chain.odd = Array.from({ length: 99 }, () => () => Response.json({ hash: "H7" }));
    const check = expect(outcomeOf(taken, () => (time += 30_000))).rejects.toThrow("look it up before you repeat it");
    await vi.advanceTimersByTimeAsync(20_000);
    await check;
  });
});
