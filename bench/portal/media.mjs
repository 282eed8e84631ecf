// Frame times of the media plug-ins under zooming, moving and turning, and how
// long each takes to show its first picture; written into the README.
// Usage: node bench/portal/media.mjs http://127.0.0.1:8080
// Needs anything that serves the portal, and npm ci in test/e2e. The media are
// made here and served beside the portal, so no node has to keep them.
import fs from "node:fs";
import http from "node:http";
import { createRequire } from "node:module";
import os from "node:os";
import { pipeline } from "node:stream/promises";
import zlib from "node:zlib";

const require = createRequire(new URL("../../test/e2e/package.json", import.meta.url));
const { chromium } = require("playwright-core");
const base = process.argv[2] ?? "http://127.0.0.1:8080";

/** A PNG of a side, in stripes and blocks, so that every tile differs. */
function picture(side) {
  const deflate = [];
  const rows = Array.from({ length: 8 }, (_, r) => {
    const row = Buffer.alloc(1 + side * 3);
    for (let x = 0; x < side; x++) row.set([(x * 7 + r * 31) & 255, (x >> 5) * (r + 1) & 255, (x >> 3) & 255], 1 + x * 3);
    return row;
  });
  for (let y = 0; y < side; y++) deflate.push(rows[(y >> 6) % 8]);
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(zlib.crc32(body), body.length + 4);
    return out;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const data = zlib.deflateSync(Buffer.concat(deflate), { level: 1 });
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", head), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))]);
}

/** A WAV of some seconds: 44.1 kHz, 16 bits, one channel. */
function sound(seconds) {
  const rate = 44_100;
  const file = Buffer.alloc(44 + seconds * rate * 2);
  file.write("RIFF", 0);
  file.writeUInt32LE(file.length - 8, 4);
  file.write("WAVEfmt ", 8);
  [16, 0x10001, rate, rate * 2, 0x100002].forEach((n, i) => file.writeUInt32LE(n, 16 + i * 4));
  file.write("data", 36);
  file.writeUInt32LE(file.length - 44, 40);
  for (let i = 0; i < seconds * rate; i++) file.writeInt16LE(Math.round(20_000 * Math.sin(i / 30) * Math.abs(Math.sin(i / 90_000))), 44 + i * 2);
  return file;
}

/** A binary PCD: a ground with walls on it. */
function cloud(count) {
  const head = `VERSION 0.7\nFIELDS x y z intensity\nSIZE 4 4 4 4\nTYPE F F F F\nCOUNT 1 1 1 1\nWIDTH ${count}\nHEIGHT 1\nPOINTS ${count}\nDATA binary\n`;
  const points = new Float32Array(count * 4);
  for (let i = 0; i < count; i++) {
    const [a, r] = [i * 2.399963, 70 * Math.sqrt(i / count)];
    points.set([r * Math.cos(a), r * Math.sin(a), i % 5 === 0 ? (i % 700) / 100 : -1.7, (i % 100) / 100], i * 4);
  }
  return Buffer.concat([Buffer.from(head), Buffer.from(points.buffer)]);
}

const files = { picture: picture(8000), sound: sound(600), cloud: cloud(500_000) };
const labels = [{ id: "car" }, { id: "person" }];
const control = (type) => ({ controls: [{ name: "objects", type, labels }] });
const cases = [
  { name: "picture, 8,000 x 8,000, boxes", form: control("box"), data: { m: { cid: "picture", mime: "image/png" } }, acts: { "zoom": zoom, "move": move, "draw": drag } },
  { name: "picture, 8,000 x 8,000, mask", form: control("mask"), data: { m: { cid: "picture", mime: "image/png" } }, acts: { "paint": drag } },
  { name: "sound, 10 minutes", form: control("interval"), data: { m: { cid: "sound", mime: "audio/wav" } }, acts: { "zoom": zoom, "move": move, "mark": drag } },
  { name: "cloud, 500,000 points, four views", form: control("cuboid"), data: { m: { cloud: { cid: "cloud", mime: "application/x-pcd" } } }, acts: { "zoom from above": zoom, "draw": drag, "turn in space": turn } },
];

async function zoom(page, box) {
  await page.mouse.move(box.x + box.width * 0.4, box.y + box.height * 0.5);
  for (let i = 0; i < 60; i++) await page.mouse.wheel(0, i % 30 < 15 ? -120 : 120);
}

async function sweep(page, box, button) {
  await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.4);
  await page.mouse.down({ button });
  for (let i = 0; i < 60; i++) await page.mouse.move(box.x + box.width * (0.3 + i / 150), box.y + box.height * (0.4 + (i % 20) / 100));
  await page.mouse.up({ button });
}

function move(page, box) {
  return sweep(page, box, "right");
}

function drag(page, box) {
  return sweep(page, box, "left");
}

async function turn(page) {
  await sweep(page, await page.locator("[data-stage]").nth(1).boundingBox(), "left");
}

const server = http.createServer(async (request, response) => {
  const name = /^\/blob\/(\w+)/.exec(request.url)?.[1];
  if (name) {
    const range = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? "");
    const file = files[name];
    const [from, to] = range ? [Number(range[1]), range[2] ? Number(range[2]) : file.length - 1] : [0, file.length - 1];
    response.writeHead(range ? 206 : 200, { "Content-Length": to - from + 1, "Accept-Ranges": "bytes", "Content-Range": `bytes ${from}-${to}/${file.length}` });
    return response.end(file.subarray(from, to + 1));
  }
  const got = await fetch(base + request.url, { headers: { accept: request.headers.accept ?? "*/*" } });
  const { "content-encoding": _, "content-length": __, ...headers } = Object.fromEntries(got.headers);
  response.writeHead(got.status, headers);
  await pipeline(got.body, response).catch(() => undefined); // the page may leave a stream at any time
}).listen(0, "127.0.0.1");
await new Promise((listening) => server.once("listening", listening));
const here = `http://127.0.0.1:${server.address().port}`;

const browser = await chromium.launch({
  executablePath: process.env.ALAYA_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--enable-unsafe-swiftshader"],
});

/** Frame times while something is done, in ms, sorted. */
async function frames(page, act, box) {
  await page.evaluate(() => {
    window.took = [];
    let last = performance.now();
    const tick = (now) => {
      window.took.push(now - last);
      last = now;
      window.ticking = requestAnimationFrame(tick);
    };
    window.ticking = requestAnimationFrame(tick);
  });
  await act(page, box);
  const took = await page.evaluate(() => {
    cancelAnimationFrame(window.ticking);
    return window.took;
  });
  return took.sort((a, b) => a - b);
}

const rows = ["| media | shown after | gesture | frames | median | 95 % | most |", "|---|---|---|---|---|---|---|"];
for (const { name, form, data, acts } of cases) {
  const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
  await page.goto(`${here}/console/preview`);
  await page.waitForSelector("fieldset");
  await page.locator("details summary").first().click();
  const [spec, given] = await page.locator("details textarea").all();
  await spec.fill(JSON.stringify({ question: "?", form }));
  await given.fill(JSON.stringify([{ id: "1", data }]));
  const begun = performance.now();
  await page.locator("details button").click();
  await page.waitForSelector("[data-stage]", { timeout: 120_000 });
  const shown = `${((performance.now() - begun) / 1000).toFixed(1)} s`;
  await page.waitForTimeout(2000);
  const stage = page.locator("[data-stage]").first();
  await stage.scrollIntoViewIfNeeded();
  const box = await stage.boundingBox();
  for (const [gesture, act] of Object.entries(acts)) {
    const took = await frames(page, act, box);
    const at = (q) => `${took[Math.min(took.length - 1, Math.floor(q * took.length))].toFixed(0)} ms`;
    rows.push(`| ${name} | ${shown} | ${gesture} | ${took.length} | ${at(0.5)} | ${at(0.95)} | ${at(1)} |`);
    await page.waitForTimeout(800);
  }
  await page.close();
}
await browser.close();
server.close();

const readme = new URL("README.md", import.meta.url);
const table = [...rows, "", `Chromium ${browser.version()}, without a GPU (software drawing and SwiftShader), ${os.cpus().length} cores, ${os.loadavg()[0].toFixed(1)} busy.`].join("\n");
const text = fs.readFileSync(readme, "utf8").replace(/(<!-- media -->\n)[^]*?(\n<!-- \/media -->)/, (_, open, close) => open + table + close);
fs.writeFileSync(readme, text);
console.log(table);
