// Files for people to bring: tables, pictures and archives, and archives read.
import { crc32, deflateRawSync, deflateSync } from "node:zlib";

/** A file as playwright gives it to a page. */
export const file = (name, content, mimeType = "") => ({ name, mimeType, buffer: Buffer.from(content) });

/** A table in CSV; every cell is quoted. */
export const csv = (...rows) => rows.map((row) => row.map((cell) => `"${String(cell).replaceAll('"', '""')}"`).join(",") + "\r\n").join("");

/** A picture of one colour; of a larger one than its bytes tell when they are given. */
export function png({ width, height, colour = [0, 0, 0], bytes }) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2], 8); // eight bits of red, green and blue
  const row = Buffer.concat([Buffer.from([0]), Buffer.from(Array(width).fill(colour).flat())]);
  const pixels = bytes ?? Buffer.concat(Array(height).fill(row));
  const parts = [["IHDR", head], ["IDAT", deflateSync(pixels)], ["IEND", Buffer.alloc(0)]];
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), ...parts.map(([name, data]) => chunk(name, data))]);
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** Packs [name, content] pairs into a ZIP. */
export function zip(...files) {
  const [parts, index] = [[], []];
  let offset = 0;
  for (const [name, content] of files) {
    const [label, packed] = [Buffer.from(name), deflateRawSync(content)];
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(8, 4); // deflated
    shared.writeUInt16LE(0x21, 8); // the first of January 1980
    [crc32(content), packed.length, content.length].forEach((n, i) => shared.writeUInt32LE(n, 10 + 4 * i));
    shared.writeUInt16LE(label.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    parts.push(Buffer.from("PK\x03\x04"), shared, label, packed);
    index.push(Buffer.from("PK\x01\x02\x14\x00", "latin1"), shared, tail, label);
    offset += 30 + label.length + packed.length;
  }
  const directory = Buffer.concat(index);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, directory, end]);
}

/** Reads a ZIP whose files are not packed into [name, content] pairs. */
export function unzip(bytes) {
  const files = [];
  for (let at = 0; bytes.readUInt32LE(at) === 0x04034b50; ) {
    const [size, name, extra] = [bytes.readUInt32LE(at + 18), bytes.readUInt16LE(at + 26), bytes.readUInt16LE(at + 28)];
    const from = at + 30 + name + extra;
    files.push([bytes.toString("utf8", at + 30, at + 30 + name), bytes.subarray(from, from + size)]);
    at = from + size;
  }
  return files;
}
