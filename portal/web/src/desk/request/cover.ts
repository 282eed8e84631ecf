import type { Bid } from "@/api/types";

/** What a choice of bids would cover and cost. */
export interface Cover {
  /** Answers offered; nobody answers an item twice. */
  offered: number;
  /** Answers that the first round takes, and that all rounds take at the most. */
  first: number;
  most: number;
  /** Price of an answer on the whole, in ualy; 0 without bids. */
  price: bigint;
  /** Pay of the first round and of all that is offered, up to the most. */
  low: bigint;
  high: bigint;
}

type Offer = Pick<Bid, "price" | "units">;

/** Weighs a choice of bids against what a request takes. */
export function coverOf(bids: readonly Offer[], items: number, { min, max }: { min: number; max: number }): Cover {
  const units = bids.map((b) => Math.min(b.units, items));
  const offered = units.reduce((n, u) => n + u, 0);
  const sum = bids.reduce((n, b, i) => n + BigInt(b.price) * BigInt(units[i] ?? 0), 0n);
  const price = offered > 0 ? sum / BigInt(offered) : 0n;
  const paid = (answers: number) => (offered > 0 ? (sum * BigInt(Math.min(answers, offered))) / BigInt(offered) : 0n);
  const [first, most] = [items * min, items * max];
  return { offered, first, most, price, low: paid(first), high: paid(most) };
}

/** Between what shares the true one lies with 95 % confidence, in ppm: Wilson's interval. */
export function wilson(right: number, seen: number): { low: number; high: number } {
  const z = 1.959964;
  const p = right / seen;
  const scale = 1 + (z * z) / seen;
  const middle = (p + (z * z) / (2 * seen)) / scale;
  const half = (z / scale) * Math.sqrt((p * (1 - p)) / seen + (z * z) / (4 * seen * seen));
  return { low: Math.round(1e6 * Math.max(0, middle - half)), high: Math.round(1e6 * Math.min(1, middle + half)) };
}

/** From how many known items on a share of right answers is shown. */
export const leastSeen = 10;

/** What is left of a budget from the start and after each payment. */
export function burnDown(spend: readonly { t: number; amount: string }[], budget: string, start: number): { t: number; left: bigint }[] {
  let left = BigInt(budget);
  return [{ t: start, left }, ...spend.map(({ t, amount }) => ({ t, left: (left -= BigInt(amount)) }))];
}
