/// <reference lib="es2024.string" />
const encoder = new TextEncoder();

/** The bytes of a text in UTF-8; a lone half of a pair becomes U+FFFD. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}

/** How many bytes of UTF-8 a text has. */
export function byteLength(text: string): number {
  return utf8(text).length;
}

const escapes: Record<string, string> = {
  "<": "\\u003c",
  ">": "\\u003e",
  "&": "\\u0026",
  "\u2028": "\\u2028",
  "\u2029": "\\u2029",
};

/** Spells a string as Go's encoding/json does. */
export function quote(text: string): string {
  return JSON.stringify(text.toWellFormed()).replace(/[<>&\u2028\u2029]/g, (c) => escapes[c] ?? c);
}

/** Spells JSON without spaces, object members in the order they were made in. */
export function spell(value: unknown): string {
  if (typeof value === "string") return quote(value);
  if (Array.isArray(value)) return `[${value.map(spell).join(",")}]`;
  if (typeof value !== "object" || value === null) return String(value === 0 ? 0 : value);
  const members = Object.entries(value).filter(([, v]) => v !== undefined);
  return `{${members.map(([k, v]) => `${quote(k)}:${spell(v)}`).join(",")}}`;
}

// Surrogates are lower than U+E000 to U+FFFF as UTF-16, higher as UTF-8.
const rank = (unit: number) => (unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit);

/** Orders texts by their bytes in UTF-8. */
export function compareText(a: string, b: string): number {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}
