// A browser whose every page is watched.
import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
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
  #expected = [];

  static async open() {
    const browser = new Browser();
    browser.#browser = await chromium.launch({ executablePath, headless: true, args: flags });
    return browser;
  }

  /** Tells of a fault that a story is about: pages may speak of it. */
  expect(pattern) {
    this.#expected.push(pattern);
  }

  /**
   * Opens a page of a new person: nothing is shared with the others. That its
   * policy refuses what matches harmless is no fault.
   */
  async person(url, { harmless, ...options } = {}) {
    const context = await this.#browser.newContext({ baseURL: url, locale: "en-GB", ...options });
    context.setDefaultTimeout(30_000);
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (e) =>
        console.error(`policy: ${e.violatedDirective} refused ${e.blockedURI}`));
    });
    context.on("page", (page) => this.#watch(page, new URL(url).host, harmless));
    return context.newPage();
  }

  #watch(page, host, harmless = /^$/) {
    page.on("request", (request) => {
      const to = new URL(request.url());
      if (to.protocol.startsWith("http") && to.host !== host) this.#faults.push(`asked ${to.href}`);
    });
    page.on("pageerror", (error) => this.#faults.push(`page error at ${page.url()}: ${error.stack ?? error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error" && !expected(message) && !harmless.test(message.text())) this.#faults.push(`console at ${page.url()}: ${message.text()} ${message.location().url}`);
    });
  }

  /** Leaves pictures of all pages that are open, and returns where. */
  async pictures(what) {
    const folder = process.env.ALAYA_PICTURES ?? join(tmpdir(), "alaya-e2e-pictures");
    await mkdir(folder, { recursive: true });
    const pages = this.#browser.contexts().flatMap((context) => context.pages());
    const names = pages.map((_, i) => join(folder, `failed-${what.replace(/[^a-z]+/gi, "-").slice(0, 40)}-${i + 1}.png`));
    await Promise.all(pages.map((page, i) => page.screenshot({ path: names[i] }).catch(() => undefined)));
    return folder;
  }

  /** Ends it, and fails if any page misbehaved. */
  async close() {
    await this.#browser.close();
    const faults = this.#faults.filter((fault) => !this.#expected.some((pattern) => pattern.test(fault)));
    assert.deepEqual(faults, [], "pages asked other hosts, failed, or broke their policy");
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

/** Leaves a small picture of what the window shows when pictures are wanted. */
export async function picture(page, name) {
  const folder = process.env.ALAYA_PICTURES;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  const small = await shrink(page.context().browser(), await page.screenshot({ animations: "disabled" }));
  await writeFile(join(folder, `${name.toLowerCase().replace(/[^a-z0-9]+/g, "-")}.webp`), small);
}

/** Makes WebP of PNG, no wider than 960 pixels, in a page without a policy. */
async function shrink(browser, png) {
  const page = await browser.newPage();
  const text = await page.evaluate(async (data) => {
    const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
    const scale = Math.min(1, 960 / image.width);
    const canvas = new OffscreenCanvas(image.width * scale, image.height * scale);
    const context = canvas.getContext("2d");
    context.imageSmoothingQuality = "high";
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: "image/webp", quality: 0.7 })).arrayBuffer());
    return btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ""));
  }, png.toString("base64"));
  await page.close();
  return Buffer.from(text, "base64");
}
