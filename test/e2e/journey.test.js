// A newcomer on the sample world: makes a key, finds a task, bids and is taken
// on, without a coin.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessible, Browser, picture } from "./kit/browser.js";
import { Node } from "./kit/node.js";
import { createAccount, send } from "./kit/person.js";

let node;
let browser;

before(async () => {
  node = await Node.start("--sample");
  browser = await Browser.open();
  await node.until(async () => (await node.get("/api/v1/requests?state=open&limit=50")).items.length > 5, "the sample requests");
});

after(async () => {
  await browser?.close();
  await node?.stop();
});

/** The sample request about reviews: one label for each item. */
async function reviews() {
  const { items } = await node.get("/api/v1/requests?state=open&q=review&limit=10");
  const found = items.find((r) => r.answer_types.includes("choice"));
  assert.ok(found, "the sample world has a request about reviews");
  return found;
}

test("a newcomer without coins is taken on", async (t) => {
  const page = await browser.person(node.url);
  const request = await reviews();
  await page.goto("/");
  await page.getByRole("heading", { name: "Marketplace" }).waitFor();
  await picture(page, "market");
  await accessible(page, "the marketplace");

  await t.test("makes a key in the browser", () => createAccount(page, "Nadia"));

  await t.test("bids", async () => {
    await page.goto(`/requests/${request.id}`);
    await page.getByRole("button", { name: "Place the bid" }).waitFor();
    await picture(page, "request");
    await accessible(page, "a request");
    await page.getByRole("button", { name: "Place the bid" }).click();
    await send(page);
  });

  await t.test("accepts the offer", async () => {
    await page.getByRole("button", { name: /Accept/ }).first().click({ timeout: 60_000 });
    await send(page);
    await page.getByRole("link", { name: /label/i }).last().waitFor();
  });
});
