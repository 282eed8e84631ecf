/** Why a value or a form is refused; each is a text of the catalogue. */
export type Reason =
  | "type" | "spelling" | "size" | "label" | "order" | "range" | "step" | "length"
  | "path" | "points" | "mask" | "relation" | "ranking" | "required" | "empty" | "unknown"
  | "count" | "twice" | "field" | "needs";

/** What is refused: the reason with the value and the bound it broke. */
export class Refusal extends Error {
  constructor(
    readonly reason: Reason,
    readonly values: Record<string, string | number> = {},
  ) {
    super(`${reason} ${JSON.stringify(values)}`);
    this.name = "Refusal";
  }
}

/** Refuses a number that is no integer or outside its bounds. */
export function within(name: string, n: unknown, low: number, high: number): asserts n is number {
  if (typeof n !== "number" || !Number.isSafeInteger(n)) throw new Refusal("type", { name, value: String(n) });
  if (n < low || n > high) throw new Refusal("range", { name, value: n, low, high });
}
