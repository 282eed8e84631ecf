import { expect, test } from "vitest";
import { cidOf } from "@/records/cid";
import { toHex } from "@/records/hash";
import { commitGold } from "../gold/gold";
import { encodeSpec } from "../spec";
import { newDraft, pagesOf, specOf, type Draft } from "./draft";
import { exampleLines, goldLines, manifestOf } from "./parcel";
import { yamlOf } from "./yaml";

// client/draft reads the same files in its tests and must come to the same ids.
const plain = newDraft("x", 0);
const items = [
  { id: "a", data: { text: "Tom & <Jerry>\u2028", n: 3, "10": "ten" } },
  { id: "b", content: "bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy", data: { text: "said \"yes\": no" } },
  { id: "c", data: { text: "كلب" } },
];
const draft: Draft = {
  ...plain,
  title: "yes: a \"title\" # with signs", summary: "Two\nlines", tags: ["text/mood", "english"], table: items, kind: "form", match: 750_000,
  question: "What is it?", guidelines: "# Rules\n\n- one\n",
  form: {
    controls: [
      { name: "mood", type: "choice", target: "text", labels: [{ id: "good", color: "#00ff00", hotkey: "g" }, { id: "no", name: "Not & good" }], required: true },
      { name: "score", type: "number", min: -5, max: 5, decimals: 1, unit: "°C" },
      { name: "kind", type: "path", labels: [{ id: "animal" }, { id: "dog", parent: "animal" }] },
      { name: "said", type: "text", hint: "- not a list", max_length: 40 },
    ],
  },
  examples: [{ item: items[2], value: { mood: "good" }, why: "praise" }],
  gold: [{ item: "a", value: { mood: "good", score: -3 } }, { item: "b", value: { mood: "no", said: "<b>" } }],
  offer: {
    ...plain.offer, page: 2, target: 912_345, schedule: [{ shortfall: 50_000, pay: 900_000 }], price: "12345", budget: "100000001", stake: "1000000",
    bidsUntil: 5_400_000, score: 700_000, skill: "text/mood", languages: ["en", "no"], policy: "Any use: with attribution.", share: 100_000,
  },
};

test("the folder that the command line takes is written as kept", async () => {
  const manifest = await manifestOf(items);
  const salt = "07".repeat(32);
  const gold = draft.gold.map(({ item, value }) => ({ item, value: goldLines([{ item, value }], draft.form).replace(/^.*?"value":|\}\n$/g, ""), salt }));
  const ids = {
    spec: await cidOf(encodeSpec(specOf(draft))),
    manifest: manifest.cid, root: manifest.root, count: manifest.count, pages: pagesOf(manifest.count, draft.offer.page),
    gold: toHex((await commitGold(gold)).root),
  };
  await expect(yamlOf(draft)).toMatchFileSnapshot("./testdata/request.yaml");
  await expect(new TextDecoder().decode(manifest.bytes)).toMatchFileSnapshot("./testdata/items.jsonl");
  await expect(goldLines(draft.gold, draft.form)).toMatchFileSnapshot("./testdata/gold.jsonl");
  await expect(exampleLines(draft.examples)).toMatchFileSnapshot("./testdata/examples.jsonl");
  await expect(draft.guidelines).toMatchFileSnapshot("./testdata/guidelines.md");
  await expect(`${JSON.stringify(ids, null, 1)}\n`).toMatchFileSnapshot("./testdata/ids.json");
});
