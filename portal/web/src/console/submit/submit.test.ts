import { expect, it, vi } from "vitest";
import { Fault } from "@/api/error";
import { memoryShelf } from "@/api/shelf";
import { nameOfOpening, type Opening } from "./opening";
import { submit } from "./submit";

const opening: Opening = {
  request: "r", round: 1, page: 2, contributor: "c", guideline: 1,
  content: new Uint8Array([1]), cid: "x", salt: new Uint8Array(32), commitment: "ab".repeat(32), at: 1,
};
const name = nameOfOpening(opening);

function setUp(relay: () => Promise<boolean>) {
  const shelf = memoryShelf<Opening>();
  const seen: unknown[] = [];
  const send = vi.fn().mockImplementation(async () => seen.push((await shelf.get(name))?.relayed));
  return { shelf, seen, desk: { send, shelf, relay } };
}

it("leaves the opening to the node from before the commitment on", async () => {
  const { shelf, seen, desk } = setUp(() => Promise.resolve(true));
  expect(await submit(opening, true, desk)).toBe("node");
  expect(seen).toEqual([true]);
  expect((await shelf.get(name))?.relayed).toBe(true);
});

it("opens itself what the node does not take", async () => {
  for (const refuses of [() => Promise.resolve(false), () => Promise.reject(new Fault("state", "closed"))]) {
    const { shelf, desk } = setUp(refuses);
    expect(await submit(opening, true, desk)).toBe("refused");
    expect((await shelf.get(name))?.relayed).toBeUndefined();
  }
});

it("gives nothing to the node unasked", async () => {
  const relay = vi.fn();
  const { seen, desk } = setUp(relay);
  expect(await submit(opening, false, desk)).toBe("browser");
  expect([seen, relay.mock.calls]).toEqual([[undefined], []]);
});

it("forgets what was not sent, and keeps what may have been", async () => {
  for (const [kind, kept] of [["cancelled", false], ["offline", true]] as const) {
    const { shelf, desk } = setUp(() => Promise.resolve(true));
    desk.send.mockRejectedValue(new Fault(kind, "no"));
    await expect(submit(opening, true, desk)).rejects.toThrow("no");
    expect((await shelf.get(name)) !== undefined).toBe(kept);
  }
});
