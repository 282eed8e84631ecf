// Files on their way to the node: interrupted ones go on, hostile ones are
// refused with words.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, test } from "node:test";
import { Browser, picture } from "./kit/browser.js";
import * as desk from "./kit/desk.js";
import { file, png, zip } from "./kit/files.js";
import { Node } from "./kit/node.js";

let node;
let browser;

before(async () => {
  node = await Node.start();
  browser = await Browser.open();
});

after(async () => {
  await browser?.close();
  await node?.stop();
});

const [width, height] = [2000, 1600];
/** A picture that no packing makes smaller: of more than two pieces. */
const noise = png({ width, height, bytes: Buffer.concat(Array.from({ length: height }, () => Buffer.concat([Buffer.from([0]), randomBytes(3 * width)]))) });

/** Cuts the line at the second piece, once; returns the offsets that pieces were sent at, and how many uploads began. */
async function cutOnce(page) {
  const sent = { offsets: [], begun: 0 };
  let cut = false;
  await page.route("**/api/v1/uploads", (route) => {
    sent.begun++;
    return route.continue();
  });
  await page.route("**/api/v1/uploads/*", (route) => {
    const request = route.request();
    if (request.method() !== "PATCH") return route.continue();
    const at = Number(request.headers()["upload-offset"]);
    sent.offsets.push(at);
    if (at === 0 || cut) return route.continue();
    cut = true;
    return route.abort("connectionreset");
  });
  return sent;
}

const piece = 4 << 20;

test("an upload that was cut off goes on where it stopped", async (t) => {
  browser.expect(/ERR_CONNECTION_RESET/);
  const ways = {
    "when it is tried again": (page) => page.getByRole("button", { name: "Try again" }).click(),
    "by itself when the page is loaded anew": (page) => page.reload(),
  };
  for (const [way, resume] of Object.entries(ways)) {
    await t.test(way, async () => {
      const page = await browser.person(node.url);
      const sent = await cutOnce(page);
      await desk.begin(page, file("noise.png", noise, "image/png"));
      await page.getByRole("alert").waitFor();
      await picture(page, "upload-cut");
      await resume(page);
      await page.getByText("1 item", { exact: true }).waitFor();
      assert.deepEqual(sent, { begun: 1, offsets: [0, piece, piece, 2 * piece] });
      const image = await page.getByRole("img", { name: "noise.png" }).evaluate((i) => i.decode().then(() => [i.naturalWidth, i.naturalHeight]));
      assert.deepEqual(image, [width, height]);
      await page.close();
    });
  }
});

test("hostile files are refused with words, and the good one beside them is taken", async (t) => {
  browser.expect(/status of 4(00|13|15|22)/);
  const script = `<svg xmlns="http://www.w3.org/2000/svg"><script>document.title = "hostile"</script></svg>`;
  const refused = {
    "a drawing with a script": [file("drawing.svg", script, "image/svg+xml"), /drawing\.svg.*never SVG/],
    "a page named as a picture": [file("page.png", "<!doctype html><script>alert(1)</script>", "image/png"), /page\.png.*is text/],
    "an archive that unpacks to a thousand times its size": [file("bomb.zip", zip(["zeros.txt", Buffer.alloc(64 << 20)]), "application/zip"), /zeros\.txt.*unpacks to more than/],
    "an archive that leaves its folder": [file("slip.zip", zip(["../evil.txt", Buffer.from("evil")]), "application/zip"), /\.\.\/evil\.txt.*leaves the archive/],
    "a picture of more dots than memory": [file("huge.png", png({ width: 30_000, height: 30_000, bytes: Buffer.alloc(100) }), "image/png"), /30000/],
  };
  for (const [what, [hostile, words]] of Object.entries(refused)) {
    await t.test(what, async () => {
      const page = await browser.person(node.url);
      await desk.begin(page, hostile, file("dot.png", png({ width: 2, height: 2 }), "image/png"));
      await page.getByRole("alert").getByText(words).waitFor();
      await page.getByText("1 item", { exact: true }).waitFor();
      await picture(page, `refused-${hostile.name}`);
      await page.getByRole("button", { name: "Leave it out" }).click();
      await page.getByRole("alert").waitFor({ state: "hidden" });
      await page.close();
    });
  }
});
