import { MediaFault } from "../../media/fault";
import type { Series } from "@/records/form";

/** Values of one series, over all channels; and its channels. */
export const maxValues = 20_000_000;
export const maxChannels = 64;

const broken = (why: string) => new MediaFault("broken", { why });

/** Refuses a series that cannot be drawn: its times must not run back. */
export function checked(s: Series): Series {
  const names = Object.keys(s.channels);
  const length = s.time.length;
  if (names.length < 1 || names.length > maxChannels) throw new MediaFault("huge", { value: names.length, bound: maxChannels });
  if (length * names.length > maxValues) throw new MediaFault("huge", { value: length * names.length, bound: maxValues });
  checkTimes(s.time);
  for (const name of names) {
    const have = s.channels[name]?.length;
    if (have !== length) throw broken(`channel ${name.slice(0, 40)}: ${String(have)} values, ${String(length)} times`);
  }
  return s;
}

function checkTimes(time: readonly number[]) {
  const [first] = time;
  let before = first;
  for (const [i, now] of time.entries()) {
    if (!Number.isSafeInteger(now)) throw broken(`time ${String(i)} is no integer`);
    if (before !== undefined && now < before) throw broken(`time ${String(i)} is before the one before it`);
    before = now;
  }
  if (first === undefined || before === first) throw broken("there is but one time");
}

/** Reads a series from a file: JSON as in an item, or CSV whose first column is time. */
export function parseSeries(text: string, mime: string): Series {
  if (mime === "application/json" || text.startsWith("{")) return fromJson(text);
  if (/^\s*</.test(text)) throw new MediaFault("type");
  const lines = text.split(/\r?\n/).filter((line) => line !== "");
  const separator = [",", ";", "\t"].find((s) => lines[0]?.includes(s));
  if (!separator) throw broken("no columns");
  const [, ...names] = (lines[0] ?? "").split(separator).map((name) => name.trim().replace(/^"|"$/g, ""));
  if (names.length * lines.length > maxValues) throw new MediaFault("huge", { value: names.length * lines.length, bound: maxValues });
  const columns: number[][] = [[], ...names.map(() => [])];
  for (const line of lines.slice(1)) {
    const cells = line.split(separator);
    columns.forEach((column, i) => column.push(cell(cells[i])));
  }
  return { time: columns[0] ?? [], channels: Object.fromEntries(names.map((name, i) => [name, columns[i + 1] ?? []])) };
}

/** An empty cell is a gap. */
const cell = (text: string | undefined) => (text === undefined || text.trim() === "" ? NaN : Number(text));

function fromJson(text: string): Series {
  try {
    const made: unknown = JSON.parse(text);
    const { time, channels, unit } = made as Series;
    if (!Array.isArray(time) || typeof channels !== "object") throw broken("no time and channels");
    return { time, channels, ...(typeof unit === "string" && { unit }) };
  } catch (error) {
    throw error instanceof MediaFault ? error : broken("JSON");
  }
}
