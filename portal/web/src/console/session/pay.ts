/** The pay of one answer as an hourly rate, in ualy; undefined until enough was done to tell. */
export function hourly(price: string, done: number, ms: number): string | undefined {
  const least = { answers: 3, ms: 20_000 };
  if (done < least.answers || ms < least.ms) return undefined;
  return String((BigInt(price) * BigInt(done) * 3_600_000n) / BigInt(Math.round(ms)));
}

/** What some answers pay at most, in ualy. */
export function total(price: string, answers: number): string {
  return String(BigInt(price) * BigInt(answers));
}
