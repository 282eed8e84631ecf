import type { Forecast } from "@/api/desk";
import type { Draft } from "./draft";

const hour = 3_600_000n;

/** What an answer's price comes to by the hour, in ualy. */
export function hourlyOf(price: string, ms: number): bigint {
  return (BigInt(price) * hour) / BigInt(Math.max(1, Math.round(ms)));
}

/** The least price of an answer that pays so much by the hour, in ualy, rounded up. */
export function priceFor(hourly: string, ms: number): bigint {
  const t = BigInt(Math.max(1, Math.round(ms)));
  return (BigInt(hourly) * t + hour - 1n) / hour;
}

/** The budget under which no item goes without its first answers, and that pays for all rounds. */
export function budgetRange(items: number, { min, max, price }: Pick<Draft["offer"], "min" | "max" | "price">): { low: bigint; high: bigint } {
  return { low: BigInt(items) * BigInt(min) * BigInt(price), high: BigInt(items) * BigInt(max) * BigInt(price) };
}

/** How many labels an answer is chosen from, as far as the forecast minds. */
export function classesOf(d: Pick<Draft, "kind" | "labels" | "form">): number {
  const first = d.form.controls.find((c) => c.labels && ["choice", "choices", "path"].includes(c.type));
  return Math.max(2, (d.kind === "labels" ? d.labels : (first?.labels ?? [])).length);
}

/** What the node is asked to forecast; undefined while something is out of bounds. */
export function forecastOf(d: Draft, items: number): Forecast | undefined {
  const { min, max, target, price, threshold } = d.offer;
  const { accuracy, ms, workers } = d.guess;
  if (items < 1 || min < 1 || max < min || max > 64 || accuracy < 1 || accuracy > 1e6 || ms < 1 || workers < 1) return undefined;
  return {
    items, redundancy: { min, max, target }, classes: Math.min(1000, classesOf(d)), accuracy_guess: accuracy, price, workers,
    ms_per_answer: Math.round(ms), threshold, gold: d.gold.length,
  };
}
