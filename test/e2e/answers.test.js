// Every kind of answer, given by mouse and again by keys, is found in the
// delivered dataset as it was given.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Browser, picture } from "./kit/browser.js";
import { award, delivered, goWithout, post } from "./kit/campaign.js";
import { Hand } from "./kit/hand.js";
import { webm } from "./kit/media.js";
import { Node } from "./kit/node.js";
import { createAccount, send, unlock } from "./kit/person.js";
import { pictures } from "./kit/forms/pictures.js";
import { plain } from "./kit/forms/plain.js";
import { senses } from "./kit/forms/senses.js";
import { words } from "./kit/forms/words.js";
import { inView, next } from "./kit/work.js";

let node;
let browser;
let page;

before(async () => {
  node = await Node.start();
  browser = await Browser.open();
  page = await browser.person(node.url, { viewport: { width: 1600, height: 1000 } });
  await createAccount(page, "Nadia");
});

after(async () => {
  await browser?.close();
  await node?.stop();
});

/** Posts a form, and the browser's account is taken on for it and takes its page. */
async function engage(form) {
  const request = await post(node, { ...form, controls: form.rows.map((row) => row.control) });
  const there = () => node.get(`/api/v1/requests/${request.id}`);
  await node.until(there, "the request in the index");
  await page.goto(`/requests/${request.id}`);
  await page.getByRole("button", { name: "Place the bid" }).click();
  await send(page);
  await award(node, request);
  await page.getByRole("button", { name: /Accept/ }).first().click({ timeout: 60_000 });
  await send(page);
  await page.getByRole("link", { name: /Start labelling/ }).first().click();
  await page.getByLabel("At a time").selectOption("1");
  await page.getByRole("button", { name: "Take a page" }).click();
  return request;
}

/** Answers all controls of the item in view by one hand; returns what it gave. */
async function answer(form, item, by) {
  const given = {};
  for (const row of form.rows) {
    const hand = new Hand(page, item, row.control);
    await (by === "keys" ? hand.arrive() : hand.turn());
    given[row.control.name] = whole(await row[by](hand));
  }
  await picture(page, `${form.title} ${by}`);
  return given;
}

/** A value as it is kept: in whole units. */
const whole = (value) => JSON.parse(JSON.stringify(value), (_, v) => (typeof v === "number" ? Math.round(v) : v));

/** Goes through the items of the page: to each belongs the act of its name. Hands the page in by keys. */
async function goThrough(form, acts) {
  const given = {};
  const left = Object.keys(form.items);
  for (let open = left.length; open > 0; open--) {
    const item = await inView(page);
    given[item] = await acts[item](item);
    if (open > 1) await next(page, item);
  }
  await page.keyboard.press("Control+Enter");
  const dialog = page.getByRole("dialog", { name: "Hand in this page" });
  await dialog.waitFor();
  await page.keyboard.press("Enter");
  await unlockIfAsked(dialog);
  return given;
}

/** Waits until a dialog is gone; gives the passphrase where a page loaded anew asks for it. */
async function unlockIfAsked(dialog) {
  const locked = page.getByRole("button", { name: "Unlock" });
  await locked.or(page.getByText("Page handed in")).first().waitFor();
  if (await locked.isVisible()) await unlock(page);
  await dialog.waitFor({ state: "hidden" });
}

/** Answers by both hands, and compares what was given with what is delivered: to the letter. */
async function roundTrip(form, more = {}) {
  const request = await engage(form);
  const hands = { mouse: (item) => answer(form, item, "mouse"), keys: (item) => answer(form, item, "keys") };
  const given = await goThrough(form, { ...hands, ...more });
  if (more.broken) await goWithout(node, request);
  const found = await delivered(node, request);
  for (const [item, value] of Object.entries(given)) {
    if (value) assert.equal(JSON.stringify(found.records.get(item)?.value), JSON.stringify(value), `${form.title}, by ${item}`);
  }
  return found;
}

/** On one picture: who clicks a region has its control in hand; the view stays while controls take turns. */
async function takeTurns(hand) {
  const zoom = page.getByRole("group", { name: "Zoom" }).getByRole("status");
  const other = new Hand(page, "mouse", { name: "areas" });
  await other.turn();
  await hand.press("s");
  const { at } = await other.lens({ w: 400, h: 300 });
  await hand.click(at(45, 140)); // in the box, beside the polygon
  await hand.frame.locator("[aria-current=true]").waitFor();
  const whole = await zoom.innerText();
  await hand.press("+");
  const near = await zoom.innerText();
  await other.turn();
  assert.deepEqual([near === whole, await zoom.innerText(), await page.locator("[data-stage]").count()], [false, near, 1]);
}

test("what is chosen and typed arrives, and so does a model's guess that was taken over", async () => {
  const guess = async () => {
    await page.getByTitle(/^Guessed by bird-net 3/).first().waitFor();
    await page.keyboard.press("Alt+a");
    return plain.guess;
  };
  const { answers } = await roundTrip(plain, { guess });
  assert.equal(answers.get("guess").origin, "prediction");
  assert.equal(answers.get("mouse").origin, undefined);
});

test("what is marked in text and compared arrives", () => roundTrip(words));

test("what is drawn arrives, through undo, redo and a reload; what cannot be answered is skipped with a reason", async () => {
  const [box, ...rest] = pictures.rows;
  const disturbed = { ...box, mouse: async (hand) => {
    const given = await box.mouse(hand);
    const regions = hand.frame.getByRole("region", { name: "Regions" }).getByRole("listitem");
    await page.getByRole("button", { name: "Undo" }).click();
    await regions.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Redo" }).click();
    await regions.waitFor();
    await page.reload();
    await regions.waitFor();
    return given;
  } };
  const form = { ...pictures, rows: [disturbed, ...rest] };
  const mouse = async (item) => {
    const given = await answer(form, item, "mouse");
    await takeTurns(new Hand(page, item, box.control));
    return given;
  };
  const broken = async () => {
    await page.getByRole("button", { name: "Skip: broken" }).first().click();
    await page.getByLabel("In your words").fill("It does not load.");
    await page.getByRole("button", { name: "Skip it" }).click();
  };
  const strange = async (item) => {
    const hand = new Hand(page, item, box.control);
    await hand.press("Control+Space");
    await hand.reach(page.getByRole("radio", { checked: true }));
    await hand.press("ArrowDown*2");
    await hand.reach(page.getByLabel("In your words"));
    await hand.type("Which cars?");
    await hand.reach(page.getByRole("button", { name: "Skip it" }));
    await hand.press("Enter");
    await page.getByText("Skipped: It is not in a language of mine").waitFor();
  };
  const { answers, records } = await roundTrip(form, { mouse, broken, strange });
  const skips = ["broken", "strange"].map((item) => [answers.get(item).skip, answers.get(item).note, records.has(item)]);
  assert.deepEqual(skips, [["broken", "It does not load.", false], ["language", "Which cars?", false]]);
});

test("what is marked in time and space arrives", async () => {
  const put = async (body) => (await (await fetch(`${node.url}/blob`, { method: "POST", body })).json()).cid;
  await roundTrip(await senses(put, await webm(page, 320, 180)));
});
