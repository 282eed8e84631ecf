import { expect, it, vi } from "vitest";
import { Fault } from "@/api/error";
import { memoryShelf } from "@/api/shelf";
import type { RoundState } from "@/api/work";
import { formOf } from "@/records/check";
import { toHex } from "@/records/hash";
import { commitmentOf } from "@/records/submission";
import { change, newWork } from "../state/history";
import { exported, nameOfOpening, type Opening, openingsOf, seal } from "./opening";
import { reveal, type World } from "./reveal";

const sheet = { request: "r", round: 1, page: 2, contributor: "c", guideline: 1 };
const spec = { question: "?", labels: ["cat", "dog"] };
const items = [{ id: "a" }, { id: "b" }];
const work = () => {
  const first = change(newWork("a"), "a", { value: { label: "cat" } }, 0);
  return change(first, "b", { value: {}, skip: "broken", note: "black" }, 0);
};
const sealed = () => seal(sheet, spec, formOf(spec), items, work());

async function setUp(state: RoundState, more: Partial<World> = {}) {
  const shelf = memoryShelf<Opening>();
  const opening = await sealed();
  await shelf.put(nameOfOpening(opening), opening);
  const send = vi.fn().mockResolvedValue({});
  const world: World = { send, stateOf: () => Promise.resolve(state), put: () => Promise.resolve(opening.cid), shelf, ...more };
  return { shelf, opening, send, world };
}

it("seals a page as its lines, under a salt of its own each time", async () => {
  const [one, two] = [await sealed(), await sealed()];
  expect(new TextDecoder().decode(one.content)).toBe(
    '{"request":"r","round":1,"page":2,"contributor":"c","guideline":1}\n{"item":"a","label":"cat","ms":1}\n{"item":"b","skip":"broken","note":"black","ms":1}\n',
  );
  expect(one.cid).toBe(two.cid);
  expect(one.commitment).not.toBe(two.commitment);
  expect(one.commitment).toBe(toHex(await commitmentOf(one.cid, one.salt)));
  expect(JSON.parse(exported(one))).toMatchObject({ page: 2, salt: toHex(one.salt), commitment: one.commitment });
});

it("keeps every try of a page, for its contributor only", async () => {
  const { shelf, opening } = await setUp("committing");
  const again = { ...(await sealed()), at: opening.at + 1 };
  await shelf.put(nameOfOpening(again), again);
  expect((await openingsOf("c", shelf)).map((o) => o.commitment)).toEqual([opening.commitment, again.commitment]);
  expect(await openingsOf("d", shelf)).toEqual([]);
});

it("tells nothing before the round takes reveals", async () => {
  const { world, opening, send, shelf } = await setUp("committing", { put: () => Promise.reject(new Error("told")) });
  expect(await reveal(opening, world)).toBe("waits");
  expect(send).not.toHaveBeenCalled();
  expect(await shelf.names()).toHaveLength(1);
});

it("puts the answers where validators find them, opens, and forgets the salt", async () => {
  const { world, opening, send, shelf } = await setUp("revealing");
  expect(await reveal(opening, world)).toBe("revealed");
  expect(send.mock.calls[0]?.[0][0].value).toMatchObject({ page: 2, content: opening.cid, salt: opening.salt });
  expect(await shelf.names()).toEqual([]);
});

it("keeps the salt while the chain refuses or is away, and gives it up when the round is over", async () => {
  const refusing = await setUp("revealing", { send: () => Promise.reject(new Fault("state", "is revealed")) });
  expect(await reveal(refusing.opening, refusing.world)).toBe("failed");
  expect(await refusing.shelf.names()).toHaveLength(1);
  const away = await setUp("revealing", { send: () => Promise.reject(new Fault("offline", "away")) });
  await expect(reveal(away.opening, away.world)).rejects.toThrow("away");
  expect(await away.shelf.names()).toHaveLength(1);
  const over = await setUp("judging");
  expect(await reveal(over.opening, over.world)).toBe("closed");
  expect(await over.shelf.names()).toEqual([]);
});

it("does not open a commitment to bytes that the node names otherwise", async () => {
  const { world, opening, send } = await setUp("revealing", { put: () => Promise.resolve("another") });
  await expect(reveal(opening, world)).rejects.toThrow(/another/);
  expect(send).not.toHaveBeenCalled();
});
