// What strangers put into titles, guidelines, items and files is shown as what
// it is, and does nothing.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Browser } from "./kit/browser.js";
import { post } from "./kit/campaign.js";
import { wav } from "./kit/media.js";
import { Node } from "./kit/node.js";

const act = "globalThis.hacked=true";
const markup = `<script>${act}</script><img src=x onerror="${act}"><svg onload="${act}"></svg>`;
const guidelines = [
  `# Read this ${markup}`,
  `[a link](javascript:${act}) <a href="javascript:${act}">another</a>`,
  `<iframe srcdoc="<script>parent.${act}</script>"></iframe>`,
  `<math><mtext></mtext><mglyph><style><!--</style><img title="--><img src=x onerror=${act}>">`,
  "![far away](http://192.0.2.1/pixel.png)",
  "<form action=http://192.0.2.1><button>Give me your words</button></form>",
].join("\n\n");

// Names that a careless program finds on every object.
const prototype = '{"__proto__": "a", "constructor": "b", "toString": "c", "text": "plain"}';

/** A wave file without a sound, whose header promises two gigabytes. */
function liar() {
  const sound = wav(0);
  sound.writeUInt32LE(0x7fffffff, 4);
  sound.writeUInt32LE(0x7fffffdb, 40);
  return sound;
}

let node;
let browser;
let request;

before(async () => {
  node = await Node.start();
  browser = await Browser.open();
  request = await post(node, {
    title: `A title ${markup}`,
    guidelines,
    controls: [
      { name: "constructor", type: "choice", target: "text", labels: [{ id: "__proto__" }, { id: "constructor" }, { id: "toString" }] },
      { name: "said", type: "interval", target: "sound", labels: [{ id: "word", name: markup }] },
    ],
    items: { markup: { text: markup, sound: "liar.wav" }, names: { ...JSON.parse(prototype), sound: "liar.wav" } },
    files: { "liar.wav": liar() },
  });
  await node.until(() => node.get(`/api/v1/requests/${request.id}`), "the request in the index");
});

after(async () => {
  await browser?.close(); // fails if a page broke its policy or asked another host
  await node?.stop();
});

const hacked = (page) => page.evaluate(() => globalThis.hacked === true || {}.a !== undefined);

// The parser that cleans Markdown tells of handlers that it will not run.
const harmless = /inline event handler|script-src-attr refused inline/;

test("markup in a title, in guidelines and in items is shown as text", async () => {
  const page = await browser.person(node.url, { harmless });
  await page.goto(`/requests/${request.id}`);
  await page.getByRole("heading", { level: 1 }).getByText("<script>").waitFor();
  await page.getByText("Read this").waitFor();
  assert.equal(await page.locator("main iframe, main form[action], main svg[onload], main img[src^=http]").count(), 0);
  assert.equal(await page.locator("main a[href^=javascript]").count(), 0);
  await page.getByRole("tab", { name: "Try it" }).click();
  await page.getByText("<svg onload=").first().waitFor();
  assert.equal(await hacked(page), false);
});

test("names that every object has, and a sound that lies about its length, do nothing", async () => {
  const page = await browser.person(node.url, { harmless });
  await page.goto(`/requests/${request.id}`);
  await page.getByRole("tab", { name: "Try it" }).click();
  await page.getByRole("button", { name: /Next item/ }).click();
  await page.getByText("toString").first().waitFor();
  assert.equal(await hacked(page), false);
});

test("a page that a stranger put into the store is not opened as one", async () => {
  const file = join(node.home, "page.html");
  await writeFile(file, `<!doctype html><title>x</title>${markup}`);
  const cid = (await node.run("blob", "put", file, "--quiet")).trim();
  const answer = await fetch(`${node.url}/blob/${cid}`);
  assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
  assert.match(answer.headers.get("content-security-policy"), /sandbox/);
  assert.doesNotMatch(answer.headers.get("content-type"), /html|svg|xml|script/);
});
