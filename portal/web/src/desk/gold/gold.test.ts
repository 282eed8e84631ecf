import { expect, test } from "vitest";
import { fromHex, toHex } from "@/records/hash";
import { merklePath } from "@/records/merkle";
import { utf8 } from "@/records/spell";
import { commitGold, openGold, salted, type GoldLabel } from "./gold";

const labels: GoldLabel[] = Array.from({ length: 7 }, (_, i) => ({ item: `i${i}`, label: "a<b", salt: String(i).repeat(64) }));

interface Opened {
  gold: GoldLabel;
  index: number;
  proof: string[];
}

async function opened(asked: string[]): Promise<Opened[]> {
  const text = new TextDecoder().decode(await openGold(labels, new Set(asked)));
  return text.split("\n").filter(Boolean).map((line) => JSON.parse(line) as Opened);
}

test("every label that is opened leads to the root that was committed to", async () => {
  const { root, count } = await commitGold(labels);
  for (const { gold, index, proof } of await opened(labels.map((g) => g.item))) {
    const leaf = utf8(`{"item":"${gold.item}","label":"a\\u003cb","salt":"${gold.salt}"}`);
    expect(toHex(await merklePath(leaf, index, count, proof.map(fromHex)))).toBe(toHex(root));
  }
});

test("only items that were asked about are opened", async () => {
  expect((await opened(["i2", "i6", "z"])).map((o) => o.gold.item)).toEqual(["i2", "i6"]);
});

test("no gold is no root, and two salts of one answer differ", async () => {
  expect(await commitGold([])).toEqual({ root: new Uint8Array(), count: 0 });
  const [a, b] = [salted({ item: "x", label: "y" }, undefined), salted({ item: "x", label: "y" }, undefined)];
  expect(a.salt).toMatch(/^[0-9a-f]{64}$/);
  expect(a.salt).not.toBe(b.salt);
});
