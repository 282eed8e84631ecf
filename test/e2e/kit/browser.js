// A browser whose every page is watched.
import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const flags = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required",
  "--enable-unsafe-swiftshader",
];

export const phone = { viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true };

export class Browser {
  #browser;
  #faults = [];

  static async open() {
    const browser = new Browser();
    browser.#browser = await chromium.launch({ executablePath, headless: true, args: flags });
    return browser;
  }

  /** Opens a page of a new person: nothing is shared with the others. */
  async person(url, options = {}) {
    const context = await this.#browser.newContext({ baseURL: url, locale: "en-GB", ...options });
    context.setDefaultTimeout(30_000);
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (e) =>
        console.error(`policy: ${e.violatedDirective} refused ${e.blockedURI}`));
    });
    context.on("page", (page) => this.#watch(page, new URL(url).host));
    return context.newPage();
  }

  #watch(page, host) {
    page.on("request", (request) => {
      const to = new URL(request.url());
      if (to.protocol.startsWith("http") && to.host !== host) this.#faults.push(`asked ${to.href}`);
    });
    page.on("pageerror", (error) => this.#faults.push(`page error at ${page.url()}: ${error.stack ?? error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error" && !expected(message)) this.#faults.push(`console at ${page.url()}: ${message.text()}`);
    });
  }

  /** Ends it, and fails if any page misbehaved. */
  async close() {
    await this.#browser.close();
    assert.deepEqual(this.#faults, [], "pages asked other hosts, failed, or broke their policy");
  }
}

// What the browser says by itself of an answer 404: a page asks for a
// transaction until it is in a block.
function expected(message) {
  return /status of 404/.test(message.text()) && /\/api\/v1\/(txs|accounts|parties)\//.test(message.location().url);
}

/** Fails if the page breaks a rule of WCAG 2.2 A or AA that a program can tell. */
export async function accessible(page, where) {
  // Not by a script element: the page's policy refuses those of strangers.
  await page.evaluate(await readFile(axe, "utf8"));
  const found = await page.evaluate(async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    const result = await window.axe.run(document, { runOnly: { type: "tag", values: tags } });
    return result.violations.map((v) => `${v.id}: ${v.nodes.slice(0, 5).map((n) => `${n.target} ${n.failureSummary}`).join(" | ")}`);
  });
  assert.deepEqual(found, [], `accessibility of ${where}`);
}

/** Leaves a picture of the page when pictures are wanted. */
export async function picture(page, name) {
  const folder = process.env.ALAYA_PICTURES;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
