import { expect, test } from "vitest";
import { utf8 } from "@/records/spell";
import { crc32, zip } from "./zip";

// The check value of the CRC-32 catalogue.
test("the checksum of 123456789", () => {
  expect(crc32(utf8("123456789"))).toBe(0xcbf43926);
});

test("the archive ends with an index that leads to every file", () => {
  const files = [{ name: "a.txt", bytes: utf8("hello") }, { name: "ü/b.txt", bytes: utf8("") }];
  const bytes = zip(files);
  const view = new DataView(bytes.buffer);
  const end = bytes.length - 22;
  expect(view.getUint32(end, true)).toBe(0x06054b50);
  expect(view.getUint16(end + 10, true)).toBe(2);
  let at = view.getUint32(end + 16, true);
  for (const { name, bytes: content } of files) {
    const label = utf8(name);
    expect(view.getUint32(at, true)).toBe(0x02014b50);
    expect(view.getUint32(at + 24, true)).toBe(content.length);
    const local = view.getUint32(at + 42, true);
    expect(view.getUint32(local, true)).toBe(0x04034b50);
    const start = local + 30 + label.length;
    expect(Array.from(bytes.slice(start, start + content.length))).toEqual(Array.from(content));
    at += 46 + label.length;
  }
  expect(at).toBe(end);
});
