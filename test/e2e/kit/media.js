// Sound, clouds and films for items to show, made here.

/** A tone of some seconds, 16 bit, one channel. */
export function wav(seconds, rate = 8000) {
  const out = Buffer.alloc(44 + 2 * seconds * rate);
  out.write("RIFF", 0);
  out.writeUInt32LE(out.length - 8, 4);
  out.write("WAVEfmt ", 8);
  out.writeUInt32LE(16, 16);
  out.writeUInt16LE(1, 20);
  out.writeUInt16LE(1, 22);
  out.writeUInt32LE(rate, 24);
  out.writeUInt32LE(2 * rate, 28);
  out.writeUInt16LE(2, 32);
  out.writeUInt16LE(16, 34);
  out.write("data", 36);
  out.writeUInt32LE(2 * seconds * rate, 40);
  for (let i = 0; i < seconds * rate; i++) out.writeInt16LE(Math.round(9000 * Math.sin(i / 3)), 44 + 2 * i);
  return out;
}

/** A cloud of points [x, y, z] in metres. */
export function pcd(points) {
  const head = [
    "VERSION 0.7", "FIELDS x y z", "SIZE 4 4 4", "TYPE F F F", "COUNT 1 1 1",
    `WIDTH ${points.length}`, "HEIGHT 1", "VIEWPOINT 0 0 0 1 0 0 0", `POINTS ${points.length}`, "DATA ascii",
  ];
  return Buffer.from([...head, ...points.map((p) => p.join(" "))].join("\n") + "\n");
}

/** A film of a second in which a square crosses the picture, as the browser of a page records it. */
export async function webm(page, w, h) {
  const text = await page.evaluate(record, { w, h });
  return Buffer.from(text, "base64");
}

async function record({ w, h }) {
  const canvas = Object.assign(document.createElement("canvas"), { width: w, height: h });
  const ctx = canvas.getContext("2d");
  const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: "video/webm" });
  const parts = [];
  recorder.ondataavailable = (e) => parts.push(e.data);
  const stopped = new Promise((done) => (recorder.onstop = done));
  recorder.start();
  for (let i = 0; i < 30; i++) {
    ctx.fillStyle = "#3c6ea0";
    ctx.fillRect(0, 0, w, h);
    ctx.fillStyle = "#ffd";
    ctx.fillRect(20 + 6 * i, 60, 40, 30);
    await new Promise((next) => setTimeout(next, 40));
  }
  recorder.stop();
  await stopped;
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  return btoa(Array.from(bytes, (b) => String.fromCharCode(b)).join(""));
}
