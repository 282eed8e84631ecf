// What a requester does: the wizard step by step, and his requests.
import { readFile } from "node:fs/promises";
import { send } from "./person.js";

/** Goes to the next step of the wizard. */
export async function next(page, step) {
  await page.getByRole("button", { name: "Next", exact: true }).click();
  await page.getByRole("navigation", { name: "Steps" }).locator("[aria-current=step]", { hasText: step }).waitFor();
}

/** Gives files to a button that asks for some. */
export async function choose(page, button, ...files) {
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.getByRole("button", { name: button }).click()]);
  await chooser.setFiles(files);
}

/** What a click makes the browser keep: its bytes. */
export async function download(page, from) {
  const [kept] = await Promise.all([page.waitForEvent("download"), from.click()]);
  return readFile(await kept.path());
}

/** Begins a new draft with items. */
export async function begin(page, ...files) {
  await page.goto("/desk/new?fresh=1");
  await choose(page, "Choose files", ...files);
}

export async function ask(page, { question, labels }) {
  await page.getByLabel("Question", { exact: true }).fill(question);
  await page.getByLabel("One label of a list", { exact: true }).and(page.locator("textarea")).fill(labels.join("\n"));
}

/** Fills fields of the terms by their labels, amounts and shares as they are typed. */
export async function terms(page, fields) {
  await page.getByText("Length of each step").click();
  for (const [label, value] of Object.entries(fields)) {
    const field = page.getByLabel(label).first();
    await field.fill(String(value));
    await field.blur();
  }
}

/** Signs and funds what the last step shows; returns the request's id. */
export async function post(page) {
  await page.getByRole("button", { name: "Post the request" }).click();
  await send(page);
  await page.waitForURL(/\/desk\/requests\/[0-9a-f]+$/);
  await page.getByRole("link", { name: "Public page" }).waitFor();
  return new URL(page.url()).pathname.split("/").at(-1);
}

/** Presses a button of the desk that signs something. */
export async function act(page, button) {
  await page.getByRole("button", { name: button }).click();
  await send(page);
}

/** Opens the known answers of a round once it has ended. */
export async function openGold(page) {
  await page.getByRole("button", { name: "Open known answers" }).click({ timeout: 60_000 });
  await page.getByText("The known answers are open").first().waitFor();
  await page.getByRole("button", { name: "Open known answers" }).waitFor({ state: "hidden" });
}

export const tab = (page, name) => page.getByRole("tab", { name, exact: true }).click();
