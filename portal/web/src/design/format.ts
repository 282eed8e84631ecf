/** How amounts, shares, times and names are written, in the language of the interface. */

const unit = 1_000_000n;

/** "1250000" ualy as "1.25 ALY". */
export function aly(ualy: string, locale: string, digits = 6): string {
  return `${alyNumber(ualy, locale, digits)} ALY`;
}

/** "1250000" ualy as "1.25". */
export function alyNumber(ualy: string, locale: string, digits = 6): string {
  const plain = decimal(BigInt(ualy)) as Intl.StringNumericLiteral;
  return new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(plain);
}

/** Ualy as a plain decimal of ALY, as a person types it: "1.25". */
export function decimal(ualy: bigint): string {
  const sign = ualy < 0n ? "-" : "";
  const abs = ualy < 0n ? -ualy : ualy;
  const rest = (abs % unit).toString().padStart(6, "0").replace(/0+$/, "");
  return `${sign}${abs / unit}${rest && `.${rest}`}`;
}

/** What a person typed as ALY, in ualy; undefined when it is no amount of at most six decimals. */
export function parseAly(text: string): string | undefined {
  const match = /^(\d{1,12})(?:[.,](\d{0,6}))?$/.exec(text.trim());
  if (!match) return undefined;
  return (BigInt(match[1] ?? "0") * unit + BigInt((match[2] ?? "").padEnd(6, "0"))).toString();
}

/** 912345 ppm as "91.2 %". */
export function share(ppm: number, locale: string, digits = 1): string {
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: digits }).format(ppm / 1e6);
}

const steps = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1000],
] as const;

/** A length of time in its two largest units: "2 hr 5 min". */
export function duration(ms: number, locale: string): string {
  let rest = Math.max(0, Math.round(ms / 1000) * 1000);
  const parts: string[] = [];
  for (const [name, size] of steps) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(measured(count, name, locale));
    if (parts.length === 2 || (parts.length === 1 && count === 0)) break;
  }
  return parts.join(" ") || measured(0, "second", locale);
}

function measured(count: number, unitName: string, locale: string): string {
  return new Intl.NumberFormat(locale, { style: "unit", unit: unitName, unitDisplay: "short" }).format(count);
}

/** A moment as seen from now: "in 3 hours", "2 days ago". */
export function relative(at: number, now: number, locale: string): string {
  const [name, size] = steps.find(([, size]) => Math.abs(at - now) >= size) ?? steps[3];
  return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(Math.trunc((at - now) / size), name);
}

/** A moment by the calendar: "Nov 5, 2026, 14:03". */
export function moment(at: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(at);
}

/** What is left, as on a clock: "1:05:09", "4:59". */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const two = (n: number) => n.toString().padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** 1536 as "1.5 KiB". */
export function bytes(count: number, locale: string): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  const step = Math.min(units.length - 1, count > 0 ? Math.floor(Math.log2(count) / 10) : 0);
  const digits = new Intl.NumberFormat(locale, { maximumFractionDigits: step ? 1 : 0 });
  return `${digits.format(count / 1024 ** step)} ${units[step]}`;
}

/** The ends of a long name: "alaya1qxy…9f2c". */
export function short(name: string, head = 10, tail = 4): string {
  return name.length <= head + tail + 1 ? name : `${name.slice(0, head)}…${name.slice(-tail)}`;
}
