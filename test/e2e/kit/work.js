// What a contributor does: finds a request, bids, accepts, answers.
import { send, unlock } from "./person.js";

/** Finds a request in the marketplace by words and opens it. */
export async function find(page, words, title) {
  await page.goto("/");
  await page.getByLabel("Search requests").fill(words);
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: title, exact: true }).click();
}

/** Bids at the price offered. A quick requester may have taken the bid before the page tells that it is in. */
export async function bid(page) {
  await page.getByRole("button", { name: "Place the bid" }).click();
  await send(page);
  const taken = page.getByRole("heading", { name: "You are chosen" });
  await page.getByRole("heading", { name: "Your bid is in" }).or(taken).waitFor();
}

export async function accept(page) {
  await page.getByRole("button", { name: "Accept the engagement" }).click();
  await send(page);
  await page.getByRole("heading", { name: "You are engaged" }).waitFor();
}

/** Takes one page in the console. Keys that a load of the page has locked are asked for. */
export async function take(page) {
  await page.getByLabel("At a time").selectOption({ label: "1 page" });
  await page.getByRole("button", { name: "Take a page" }).click();
  const first = page.getByText(/^Item 1 of/);
  await page.getByRole("button", { name: "Unlock" }).or(first).first().waitFor();
  if (!(await first.isVisible())) await unlock(page);
  await first.waitFor();
}

/** The id of the item in view, once it is there. */
export async function inView(page) {
  const control = await page.locator("[id^=control-]").first().getAttribute("id");
  return /^control-(.*)-/.exec(control)[1];
}

/** Goes on to the next item that is open. */
export async function next(page, item) {
  await page.getByRole("button", { name: /Next item/ }).click();
  await page.locator(`[id^="control-${item}-"]`).first().waitFor({ state: "detached" });
}

/** Leaves the guidelines, which open by themselves before the first page. */
export async function read(page, words) {
  const guidelines = page.getByRole("dialog", { name: "Guidelines" });
  await guidelines.getByText(words).waitFor();
  await page.keyboard.press("Escape");
  await guidelines.waitFor({ state: "hidden" });
}

/** Answers each item of the page with the key that keyFor gives for what the item shows. */
export async function answer(page, keyFor) {
  const item = page.getByRole("group", { name: /^Item \d+ of/ });
  const count = Number(/of (\d+)/.exec(await item.getAttribute("aria-label"))[1]);
  for (let at = 1; at <= count; at++) {
    const current = page.getByRole("group", { name: `Item ${at} of ${count}` });
    await page.keyboard.press(await keyFor(current.getByRole("region", { name: "Item" })));
    await page.getByRole("button", { name: `Item ${at}: answered` }).waitFor();
    await page.keyboard.press("Control+Enter");
  }
}

/** Hands the page in with keys that are unlocked. */
export async function handIn(page) {
  await submit(page);
  await handedIn(page);
}

export const submit = (page) => page.getByRole("dialog").getByRole("button", { name: "Submit page" }).click();

/** The page has gone, and others may be taken. */
export const handedIn = (page) => page.getByRole("heading", { name: "Take pages" }).waitFor({ timeout: 60_000 });
