// A newcomer on the sample world takes up a request of every task, gives the
// true answers by mouse and typing, and is paid for each.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { Browser, picture } from "./kit/browser.js";
import { give } from "./kit/give.js";
import { Hand } from "./kit/hand.js";
import { Node } from "./kit/node.js";
import { createAccount } from "./kit/person.js";
import { story } from "./kit/story.js";
import { truth } from "./kit/truth.js";
import * as work from "./kit/work.js";

const tasks = ["reviews", "messages", "dialogues", "replies", "streets", "fruit", "gauges", "calls", "sensors", "films", "clouds"];
/** The form that a plain list of labels is. */
const plain = { controls: [{ name: "label", type: "choice" }] };

let node;
let browser;
let page;
let answers;

before(async () => {
  node = await Node.sample();
  browser = await Browser.open();
  page = await browser.person(node.url, { viewport: { width: 1600, height: 1000 } });
  answers = await truth(node);
});

after(async () => {
  await browser?.close();
  await node?.stop();
});

/** The request of a task that waits for somebody. */
async function waiting(task) {
  const asks = async () => (await node.get("/api/v1/requests?state=open&limit=50")).items.find((r) => r.tags[0] === task && !r.title.endsWith(": first series"));
  await node.until(asks, `the request of ${task}`);
  return asks();
}

/** Is taken on for a request that is found by its title, and takes its page. */
async function engage({ title }) {
  await work.find(page, title, title);
  await work.bid(page);
  await work.accept(page);
  await page.getByRole("link", { name: "Start labelling" }).click();
  await work.take(page);
}

/** Gives the true answers to all items of the page. */
async function label(request, task) {
  const { spec } = await node.get(`/api/v1/requests/${request.id}`);
  const { items } = await node.get(`/api/v1/requests/${request.id}/rounds/1/pages/0`);
  if (spec.guidelines) await work.read(page, spec.question);
  for (const at of items.keys()) {
    const item = await work.inView(page);
    const { data } = items.find(({ id }) => id === item);
    for (const control of (spec.form ?? plain).controls) {
      const hand = new Hand(page, item, control);
      await hand.turn();
      await give(hand, control, answers.get(item)[control.name], data[control.target]);
    }
    if (at === 0) await picture(page, `sample-${task}`);
    if (at + 1 < items.length) await work.next(page, item);
  }
  await page.getByRole("button", { name: "Submit page" }).click();
}

story("a newcomer is paid for a page of every task of the sample world", () => browser, async (step) => {
  const requests = {};
  let address;
  await step("makes a key in the browser", async () => {
    address = await createAccount(page, "Nadia");
  });

  for (const task of tasks) {
    await step(`answers ${task}`, async () => {
      requests[task] = await waiting(task);
      await engage(requests[task]);
      await label(requests[task], task);
      await work.handIn(page);
    });
  }

  await step("is paid for all of them", async () => {
    const paid = async () => {
      const { entries } = await node.get(`/api/v1/parties/${address}/earnings`);
      const amount = (task) => entries.find((e) => e.request === requests[task].id && e.state === "released")?.amount;
      return Object.fromEntries(tasks.map((task) => [task, amount(task)]));
    };
    const whole = Object.fromEntries(tasks.map((task) => [task, String(requests[task].price_cap * requests[task].items)]));
    const all = async () => Object.values(await paid()).every(Boolean);
    await node.until(all, "pay for every request", 300_000).catch(() => undefined); // the next line names what was not paid
    assert.deepEqual(await paid(), whole);
    const sum = Object.values(whole).reduce((total, amount) => total + Number(amount), 0);
    assert.equal((await node.get(`/api/v1/accounts/${address}`)).balance, String(sum));
    await page.getByRole("link", { name: "My work" }).first().click();
    await page.getByRole("tab", { name: "Earnings" }).click();
    for (const shown of [page.getByRole("button", { name: "Account Nadia" }), page.locator("dl > div", { hasText: "in your account" })]) {
      await shown.getByText(`${sum / 1e6} ALY`, { exact: true }).waitFor();
    }
    await picture(page, "sample-earnings");
  });
});
