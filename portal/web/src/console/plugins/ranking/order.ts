/** Moves the entry at one place to another. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const rest = list.filter((_, i) => i !== from);
  const entry = list[from];
  if (entry === undefined || to < 0 || to >= list.length) return [...list];
  return [...rest.slice(0, to), entry, ...rest.slice(to)];
}

/** The place that a pointer at a height is over, among rows by their middles. */
export function placeAt(middles: readonly number[], height: number): number {
  return Math.min(middles.length - 1, middles.filter((m) => m < height).length);
}
