import type { Party } from "@/api/types";

export type Standing = Party["standings"][number];

/** The levels, lowest first, with the score in ppm and the settled pay in ualy from which they hold: core/party. */
export const levels = [
  { name: "novice", score: 0, settled: 0n },
  { name: "practised", score: 600_000, settled: 10_000_000n },
  { name: "expert", score: 750_000, settled: 100_000_000n },
  { name: "lead", score: 850_000, settled: 1_000_000_000n },
] as const;

export type Level = (typeof levels)[number]["name"];

/** What is missing for the next level; undefined at the highest. */
export interface Lack {
  level: Level;
  /** The score it asks for, in ppm, unless that is reached. */
  score?: number;
  /** The pay still to be settled, in ualy, unless there is enough. */
  settled?: string;
}

export function nextLevel({ level, score_ppm, settled }: Standing): Lack | undefined {
  const next = levels[levels.findIndex((l) => l.name === level) + 1];
  if (!next) return undefined;
  const rest = next.settled - BigInt(settled);
  return {
    level: next.name,
    ...(score_ppm < next.score && { score: next.score }),
    ...(rest > 0n && { settled: rest.toString() }),
  };
}

const z = 1.645; // of a two-sided interval of 90 %, whose lower end the public score is

/**
 * The interval in which the true share of right answers lies with 90 %
 * certainty, from the public score (its lower end) and the number of answers:
 * the share whose Wilson interval begins at the score.
 */
export function interval({ score_ppm, answers }: Pick<Standing, "score_ppm" | "answers">): { low: number; mid: number; high: number } {
  const low = score_ppm / 1e6;
  const n = answers + 2; // the flat distribution that everybody begins with counts as two
  const mid = Math.min(1, low + z * Math.sqrt((low * (1 - low)) / n));
  const high = Math.min(1, (mid + (z * z) / (2 * n) + z * Math.sqrt((mid * (1 - mid)) / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n));
  return { low: score_ppm, mid: Math.round(mid * 1e6), high: Math.round(high * 1e6) };
}
