// What people do on every page.

const passphrase = "correct horse battery";

/** Makes an account as a newcomer does: reads the words, proves it, chooses a passphrase. Returns its address. */
export async function createAccount(page, name) {
  await page.goto("/wallet");
  await page.getByRole("button", { name: /Create an account/ }).first().click();
  const list = page.getByRole("list", { name: "The words of your key" });
  await list.waitFor();
  const words = await list.locator("[translate=no]").allInnerTexts();
  await page.getByRole("checkbox", { name: /written the words/ }).check();
  await page.getByRole("button", { name: "Next: check the words" }).click();
  await page.getByLabel(/^Word \d+/).first().waitFor();
  for (const field of await page.getByLabel(/^Word \d+/).all()) {
    const label = await field.evaluate((input) => input.labels[0].innerText);
    await field.fill(words[Number(/\d+/.exec(label)[0]) - 1]);
  }
  return seal(page, name, "Create the account");
}

/** Brings an account along by its words. Returns its address. */
export async function importAccount(page, name, words) {
  await page.goto("/wallet");
  await page.getByRole("button", { name: /I have a phrase/ }).first().click();
  await page.getByLabel("The words").fill(words);
  return seal(page, name, "Bring the account along");
}

/** Names the account and gives the passphrase that its key is sealed with. */
async function seal(page, name, button) {
  await page.getByLabel(/^Name/).fill(name);
  await page.getByLabel("Passphrase", { exact: true }).fill(passphrase);
  await page.getByLabel("Passphrase again").fill(passphrase);
  await page.getByRole("button", { name: button }).click();
  await page.getByRole("button", { name: `Account ${name}` }).waitFor({ timeout: 60_000 });
  return page.evaluate(() => JSON.stringify(localStorage)).then((text) => /alaya1[0-9a-z]{38}/.exec(text)[0]);
}

/** Gives the passphrase that a page loaded anew asks for. */
export async function unlock(page) {
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Passphrase", { exact: true }).fill(passphrase);
  await dialog.getByRole("button", { name: "Unlock" }).click();
}

/** Signs what the dialog tells, and waits until it is in a block. A page that was loaded anew asks for the passphrase first. */
export async function send(page) {
  const dialog = page.getByRole("dialog");
  const locked = dialog.getByRole("button", { name: "Unlock" });
  await locked.or(dialog.getByRole("button", { name: "Sign and send" })).first().waitFor({ timeout: 60_000 });
  if (await locked.isVisible()) await unlock(page);
  await dialog.getByRole("button", { name: "Sign and send" }).click({ timeout: 60_000 });
  await dialog.waitFor({ state: "hidden", timeout: 60_000 });
}
