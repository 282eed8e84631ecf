import { clock } from "./window";

/** How times of a recording are read and typed. */
export interface TimeUnit {
  /** As text, as finely as a step between marks. */
  text: (time: number, step: number) => string;
  /** Records' units in one unit of a typed number. */
  scale: number;
  /** What an arrow moves by, in records' units. */
  nudge: number;
  /** Named after a typed number: "s". */
  name: string;
}

export const microseconds: TimeUnit = { text: clock, scale: 1e6, nudge: 10_000, name: "s" };

/** The unit of a series' time column, of which nothing is known but its name. */
export function unitOf(name: string | undefined, span: number, locale: string): TimeUnit {
  const write = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const shown = name ? ` ${name}` : "";
  return {
    text: (time) => `${write.format(time)}${shown}`,
    scale: 1,
    nudge: Math.max(1, Math.round(span / 10_000)),
    name: name ?? "",
  };
}
