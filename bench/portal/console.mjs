// How long the console takes from one item to the next, painted.
// Usage: node bench/portal/console.mjs http://127.0.0.1:8080 [items]
// Needs a running node (alaya up) and npm ci in test/e2e.
import { createRequire } from "node:module";

const require = createRequire(new URL("../../test/e2e/package.json", import.meta.url));
const { chromium } = require("playwright-core");

const [base = "http://127.0.0.1:8080", count = "50"] = process.argv.slice(2);
const items = Number(count);
const browser = await chromium.launch({
  executablePath: process.env.ALAYA_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
await page.goto(`${base}/console/preview`);
await page.waitForSelector("fieldset");

const picture = (i) => page.evaluate(async (n) => {
  const canvas = new OffscreenCanvas(1600, 1200);
  const draw = canvas.getContext("2d");
  for (let k = 0; k < 400; k++) {
    draw.fillStyle = `hsl(${(k * 37 + n * 11) % 360} 60% 50%)`;
    draw.fillRect((k * 97) % 1600, (k * 61) % 1200, 200, 150);
  }
  draw.fillText(String(n), 50, 50);
  const blob = await canvas.convertToBlob({ type: "image/jpeg" });
  const answer = await fetch("/blob", { method: "POST", body: blob });
  return { cid: (await answer.json()).cid, mime: "image/jpeg", width: 1600, height: 1200, size: blob.size };
}, i);

const kinds = {
  "text and five controls": async (i) => ({ text: `Ada Lovelace moved from London to Ockham Park in ${1800 + i}. `.repeat(20) }),
  "picture of 1600 x 1200, one choice": async (i) => ({ image: await picture(i) }),
};
const labels = [{ id: "yes" }, { id: "no" }];
const specs = {
  "text and five controls": { controls: [
    { name: "names", type: "span", target: "text", labels: [{ id: "person" }, { id: "place" }] },
    { name: "kind", type: "choice", labels, required: true },
    { name: "sure", type: "rating", max: 5 },
    { name: "price", type: "number" },
    { name: "why", type: "text" },
  ] },
  "picture of 1600 x 1200, one choice": { controls: [{ name: "kind", type: "choice", labels, required: true }] },
};

console.log("| item | moves | median ms | 95 % ms | most ms | picture ready at once |");
console.log("|---|---|---|---|---|---|");
for (const [name, data] of Object.entries(kinds)) {
  const list = [];
  for (let i = 0; i < items; i++) list.push({ id: String(i), data: await data(i) });
  await page.reload();
  await page.waitForSelector("fieldset");
  await page.locator("details summary").first().click();
  const [spec, given] = await page.locator("details textarea").all();
  await spec.fill(JSON.stringify({ question: "?", form: specs[name] }));
  await given.fill(JSON.stringify(list));
  await page.locator("details button").click();
  await page.waitForTimeout(1000);
  let ready = 0;
  for (let i = 1; i < items; i++) {
    await page.keyboard.press("Alt+PageDown");
    await page.waitForFunction((n) => performance.getEntriesByName("console:item").length >= n, i);
    ready += await page.evaluate(() => [...document.querySelectorAll("figure img")].every((img) => img.complete));
    await page.waitForTimeout(250);
  }
  const took = await page.evaluate(() => performance.getEntriesByName("console:item").map((e) => e.duration));
  took.sort((a, b) => a - b);
  const at = (q) => took[Math.min(took.length - 1, Math.floor(q * took.length))].toFixed(0);
  console.log(`| ${name} | ${took.length} | ${at(0.5)} | ${at(0.95)} | ${at(1)} | ${name.startsWith("picture") ? `${ready} of ${took.length}` : "" } |`);
}
await browser.close();
