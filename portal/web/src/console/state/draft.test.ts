import { expect, it, vi } from "vitest";
import { memoryShelf, type Shelf } from "@/api/shelf";
import { type Draft, draftWriter, nameOfPage, restored } from "./draft";
import { change, newWork, undo } from "./history";

const work = (text: string) => change(newWork("a"), "a", { value: { why: text } }, 0);

it("keeps what was done last, however fast it comes, one write at a time", async () => {
  const shelf = memoryShelf<Draft>();
  let open = 0;
  const slow: Shelf<Draft> = {
    ...shelf,
    put: async (name, draft) => {
      expect(++open).toBe(1);
      await new Promise((done) => setTimeout(done, 1));
      await shelf.put(name, draft);
      open--;
    },
  };
  const saved = vi.fn();
  const writer = draftWriter(slow, "x", saved, () => undefined);
  const writes = Array.from({ length: 20 }, (_, i) => writer.write(work(String(i))));
  await Promise.all(writes);
  expect((await shelf.get("x"))?.work.entries.a?.value).toEqual({ why: "19" });
  expect(saved.mock.calls.length).toBeLessThan(20);
});

it("tells of a failed write and goes on with the next", async () => {
  const shelf = memoryShelf<Draft>();
  const failed = vi.fn();
  const put = vi.fn().mockRejectedValueOnce(new Error("full")).mockImplementation((n: string, d: Draft) => shelf.put(n, d));
  const writer = draftWriter({ ...shelf, put }, "x", () => undefined, failed);
  await writer.write(work("1"));
  expect(failed).toHaveBeenCalledOnce();
  await writer.write(work("2"));
  expect((await shelf.get("x"))?.work.entries.a?.value).toEqual({ why: "2" });
});

it("writes nothing after the page was handed in", async () => {
  const shelf = memoryShelf<Draft>();
  const writer = draftWriter(shelf, "x", () => undefined, () => undefined);
  await writer.close();
  await writer.write(work("1"));
  expect(await shelf.get("x")).toBeUndefined();
});

it("comes back with its undo, at the item it was left at", async () => {
  const shelf = memoryShelf<Draft>();
  await draftWriter(shelf, "x", () => undefined, () => undefined).write(work("1"));
  const back = restored(await shelf.get("x"), ["b", "a"]);
  expect([back.item, undo(back).entries.a]).toEqual(["a", { value: {} }]);
  expect(restored(undefined, ["b"])).toEqual(newWork("b"));
  expect(restored({ work: newWork("gone"), saved: 0 }, ["b"]).item).toBe("b");
});

it("has a name of its own for each page of each contributor", () => {
  const page = { contributor: "c", request: "r", round: 1, page: 2 };
  expect(nameOfPage(page)).not.toBe(nameOfPage({ ...page, round: 12, page: 2 }));
  expect(nameOfPage(page)).toBe("c/r/1/2");
});
