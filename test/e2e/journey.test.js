// A newcomer on the sample world: makes a key, finds a task, bids, answers in
// the browser, hands in, closes the tab, and is paid.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { accessible, Browser, picture } from "./kit/browser.js";
import { Node } from "./kit/node.js";
import { createAccount, unlock } from "./kit/person.js";
import { story } from "./kit/story.js";
import * as work from "./kit/work.js";

let node;
let browser;

before(async () => {
  node = await Node.sample();
  browser = await Browser.open();
});

after(async () => {
  await browser?.close();
  await node?.stop();
});

/** The sample request about reviews that waits for somebody: one label for each item. */
async function reviews() {
  const { items } = await node.get("/api/v1/requests?state=open&q=review&limit=10");
  const found = items.find((r) => r.title === "Is this review pleased?");
  assert.ok(found, "the sample world has a request about reviews");
  return found;
}

/** The key of the label that a reader gives a sample review. */
function keyOf(review) {
  if (/buy it again|fall in love/.test(review)) return "1";
  return /screws|curse/.test(review) ? "2" : "3";
}

story("a newcomer without coins is paid for a page that he labelled", () => browser, async (step) => {
  const page = await browser.person(node.url);
  await node.until(reviews, "the sample request about reviews");
  const request = await reviews();
  await page.goto("/");
  await page.getByRole("heading", { name: "Marketplace" }).waitFor();
  await picture(page, "market");
  await accessible(page, "the marketplace");

  let address;
  await step("makes a key in the browser", async () => {
    address = await createAccount(page, "Nadia");
  });

  await step("bids", async () => {
    await work.find(page, "review pleased", request.title);
    await page.getByRole("button", { name: "Place the bid" }).waitFor();
    await picture(page, "request");
    await accessible(page, "a request");
    await work.bid(page);
  });

  await step("accepts the offer", () => work.accept(page));

  await step("labels, and a reload loses nothing", async () => {
    await page.goto(`/console/${request.id}`);
    await work.take(page);
    await work.read(page, "Irony counts as what is meant.");
    await page.keyboard.press("1");
    await page.locator("[aria-valuetext='1 of 4 done']").waitFor();
    await page.getByText("Saved").waitFor();
    await picture(page, "console-choice");
    await accessible(page, "the console");
    await page.reload();
    await page.locator("[aria-valuetext='1 of 4 done']").waitFor();
  });

  await step("hands the page in", async () => {
    await work.answer(page, async (item) => keyOf(await item.innerText()));
    await work.submit(page);
    await unlock(page);
    await work.handedIn(page);
  });

  await step("closes the tab, is paid all the same", async () => {
    await page.close();
    const earned = async () => Number((await node.get(`/api/v1/parties/${address}/earnings`)).earned) > 0;
    await node.until(earned, "pay for the page", 300_000);
  });
});
