// Every page: in light, in dark, on a phone and in each language it keeps the
// rules of accessibility and fits the window; a proof is worked out in it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessible, Browser, phone, picture } from "./kit/browser.js";
import { Node } from "./kit/node.js";
import { importAccount } from "./kit/person.js";

const first = async (list) => (await node.get(`/api/v1/${list}`)).items[0];

let node;
let browser;
let dataset;
let paths;

before(async () => {
  node = await Node.sample();
  browser = await Browser.open();
  for (const what of ["datasets?limit=1", "requests?state=closed&limit=1", "models?limit=1"]) await node.until(() => first(what), `one of ${what}`);
  dataset = (await first("datasets?limit=1")).id;
  paths = await everyPage();
});

after(async () => {
  await browser?.close();
  await node?.stop();
});

/** The pages by the name of their picture. */
async function everyPage() {
  const open = await first("requests?state=open&limit=1");
  const closed = await first("requests?state=closed&limit=1");
  const tx = await first(`txs?party=${closed.requester}&limit=1`);
  const model = await first("models?limit=1");
  const pages = {
    market: "/", request: `/requests/${open.id}`, work: "/work", submissions: "/console", preview: `/console/preview?request=${open.id}`,
    desk: "/desk", wizard: "/desk/new", dashboard: `/desk/requests/${closed.id}`,
    datasets: "/datasets", dataset: `/datasets/${dataset}`,
    models: "/models",
    explorer: "/explorer", block: `/explorer/blocks/${tx.height}`, transaction: `/explorer/txs/${tx.hash}`,
    party: `/explorer/parties/${closed.requester}`, verdict: `/explorer/verdicts/${closed.id}/1`,
    network: "/explorer/network", proof: `/explorer/proof?dataset=${dataset}&record=0`,
    search: "/search?q=parcel", wallet: "/wallet", lost: "/no/such/page",
  };
  for (const view of ["ask", "given", "about"]) pages[`model-${view}`] = `/models/${model.id}?view=${view}`;
  return pages;
}

/** The console of each kind of answer that a look has, as a request shows it before one bids. */
async function everyConsole(look) {
  const { items } = await node.get("/api/v1/requests?state=open&limit=50");
  const large = (r) => r.answer_types.some((type) => ["track", "mask", "cuboid"].includes(type));
  const shown = items.filter((r) => look !== "phone" || !large(r));
  return Object.fromEntries(shown.map((r) => [`console-${r.answer_types.join("-")}`, `/requests/${r.id}?tab=try`]));
}

/** Opens a path and waits until nothing on it is still on its way. */
async function visit(page, path) {
  await page.goto(path);
  await page.locator("h1").waitFor();
  await page.waitForFunction(() => !document.querySelector("[aria-busy=true]"));
}

/** Opens a console in a window as tall as all of it, so that no tool is half behind the bar below. */
async function tryOut(page, path, look) {
  const { viewport } = looks[look];
  const tall = 1600; // beyond it, nothing grows with the window
  await page.setViewportSize({ ...viewport, height: tall });
  await visit(page, path);
  const height = await page.evaluate((least) => Math.max(least, document.documentElement.scrollHeight), tall);
  await page.setViewportSize({ ...viewport, height });
}

const looks = {
  light: { viewport: { width: 1280, height: 800 } },
  dark: { viewport: { width: 1280, height: 800 }, colorScheme: "dark" },
  phone,
};

for (const [look, options] of Object.entries(looks)) {
  test(`every page, ${look}`, async (t) => {
    const page = await browser.person(node.url, options);
    const { items } = await node.get("/api/v1/samples");
    await importAccount(page, "Rosa", items.find((s) => s.role === "requester").phrase);
    for (const [name, path] of Object.entries({ ...paths, ...(await everyConsole(look)) })) {
      await t.test(name, async () => {
        await (name.startsWith("console") ? tryOut(page, path, look) : visit(page, path));
        await picture(page, `${name}-${look}`);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wide <= 0, `${wide} px stick out sideways`);
        await accessible(page, `${path}, ${look}`);
      });
    }
    await page.context().close();
  });
}

for (const [locale, direction] of [["de-DE", "ltr"], ["ar", "rtl"]]) {
  test(`every page in ${locale}`, async (t) => {
    const page = await browser.person(node.url, { ...looks.light, locale });
    const english = await browser.person(node.url, looks.light);
    for (const [name, path] of Object.entries(paths)) {
      await t.test(name, async () => {
        await Promise.all([visit(page, path), visit(english, path)]);
        await picture(page, `${name}-${locale}`);
        assert.equal(await page.locator("html").getAttribute("dir"), direction);
        assert.equal(await page.locator("html").getAttribute("lang"), locale.slice(0, 2));
        assert.notEqual(await menu(page), await menu(english));
        assert.doesNotMatch(await page.locator("main").innerText(), /\b[a-z]+:[a-z]+\.[a-zA-Z.]+\b|\{\{/, "a key without its text");
      });
    }
  });
}

const menu = (page) => page.getByRole("navigation").first().innerText();

test("a record is proved in the browser, and a changed one is not", async () => {
  const page = await browser.person(node.url);
  await page.goto(paths.proof);
  await page.getByText("Every step holds.").waitFor();
  await page.getByRole("button", { name: "Change one bit" }).click();
  await page.getByText("The proof is broken.").waitFor();
});
