/** Digits as the world writes them, turned into 0 to 9. */
function latin(text: string): string {
  return text
    .replace(/[٠-٩]/g, (d) => String(d.charCodeAt(0) - 0x660))
    .replace(/[۰-۹]/g, (d) => String(d.charCodeAt(0) - 0x6f0))
    .replace(/[−]/g, "-")
    .replace(/[,٫]/g, ".");
}

/** Reads "12.5" as 1250 for two decimals, without rounding; undefined when it is no such number. */
export function parseDecimal(text: string, decimals: number): number | undefined {
  const match = /^([+-]?)(\d*)\.?(\d*)$/.exec(latin(text.trim()));
  if (!match) return undefined;
  const [, sign = "", whole = "", part = ""] = match;
  const rest = part.slice(decimals);
  if (whole + part === "" || /[1-9]/.test(rest)) return undefined;
  const n = Number(whole + part.slice(0, decimals).padEnd(decimals, "0"));
  return Number.isSafeInteger(n) ? (sign === "-" ? -n : n) + 0 : undefined;
}

/** Writes 1250 as "12.5" for two decimals. */
export function formatDecimal(value: number, decimals: number): string {
  const digits = String(Math.abs(value)).padStart(decimals + 1, "0");
  const cut = digits.length - decimals;
  const part = digits.slice(cut).replace(/0+$/, "");
  return (value < 0 ? "-" : "") + digits.slice(0, cut) + (part && `.${part}`);
}
