/** Coordinates are kept in 1/1024 px. */
export const perPixel = 1024;

/** Rounds to an integer, halves to the even one. */
export function halfEven(x: number): number {
  const low = Math.floor(x);
  const rest = x - low;
  const up = rest > 0.5 || (rest === 0.5 && low % 2 !== 0);
  return (up ? low + 1 : low) + 0;
}

/** Pixels as 1/1024 px. */
export function fromPixels(px: number): number {
  return halfEven(px * perPixel);
}

/** 1/1024 px as pixels. */
export function toPixels(value: number): number {
  return value / perPixel;
}

/** Seconds as µs. */
export function fromSeconds(s: number): number {
  return halfEven(s * 1e6);
}

/** µs as seconds. */
export function toSeconds(us: number): number {
  return us / 1e6;
}

/** Radians as 10^-6 rad, turned to lie within half a turn. */
export function fromRadians(rad: number): number {
  const turn = 2 * Math.PI;
  const within = rad - turn * Math.floor((rad + Math.PI) / turn);
  return halfEven((within === -Math.PI ? Math.PI : within) * 1e6);
}

export function toRadians(value: number): number {
  return value / 1e6;
}

/** Metres as mm. */
export function fromMetres(m: number): number {
  return halfEven(m * 1e3);
}

export function toMetres(mm: number): number {
  return mm / 1e3;
}

/** How many code points a text has. */
export function codePoints(text: string): number {
  let n = 0;
  for (let i = 0; i < text.length; n++) i += width(text, i);
  return n;
}

const width = (text: string, at: number) => ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);

/** The code point that begins at, or holds, a place counted in UTF-16 units. */
export function toCodePoints(text: string, units: number): number {
  let n = 0;
  for (let i = 0; i < units && i < text.length; n++) {
    const w = width(text, i);
    if (i + w > units) break;
    i += w;
  }
  return n;
}

/** A place counted in code points, counted in UTF-16 units. */
export function toUnits(text: string, points: number): number {
  let i = 0;
  for (let n = 0; n < points && i < text.length; n++) i += width(text, i);
  return i;
}

/** The part of a text between two places counted in code points. */
export function sliceCodePoints(text: string, start: number, end: number): string {
  const from = toUnits(text, start);
  return text.slice(from, from + toUnits(text.slice(from), end - start));
}
