import { utf8 } from "./spell";

export type Bytes = Uint8Array<ArrayBuffer>;

export async function sha256(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

export function concat(...parts: Uint8Array[]): Bytes {
  const all = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Hashes parts under a domain, each behind its length in 8 bytes: core/id.Sum. */
export async function sum(domain: string, ...parts: Uint8Array[]): Promise<Bytes> {
  const framed = [utf8(domain), ...parts].flatMap((part) => {
    const size = new DataView(new ArrayBuffer(8));
    size.setBigUint64(0, BigInt(part.length));
    return [new Uint8Array(size.buffer), part];
  });
  return sha256(concat(...framed));
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
}

/** Reads an even number of hex digits. */
export function fromHex(text: string): Bytes {
  if (!/^([0-9a-f]{2})*$/.test(text)) throw new Error(`hex ${text.slice(0, 80)}: an even number of digits 0-9a-f`);
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/** Standard base64, in pieces that a call may take. */
export function toBase64(bytes: Uint8Array): string {
  const piece = 0x8000;
  let text = "";
  for (let i = 0; i < bytes.length; i += piece) text += String.fromCharCode(...bytes.subarray(i, i + piece));
  return btoa(text);
}

export function fromBase64(text: string): Bytes {
  return Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
}
