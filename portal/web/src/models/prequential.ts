import type { Contribution } from "@/api/model";

/** Accuracy over the items before each, by what the model said to it before it learnt it. */
export interface Course {
  at: number[];
  /** Shares of the last window items, from 0 to 1. */
  right: number[];
}

const learnt = new Set<Contribution["state"]>(["trained", "confirmed", "neutral", "rejected"]);

/**
 * Tests then trains: the mean over the last window items of whether the model's
 * own guess was the label it was then given. The source is Dawid, Present
 * position and potential developments (1984): prequential evaluation.
 */
export function prequential(items: readonly Contribution[], window = 100): Course {
  const course: Course = { at: [], right: [] };
  const hits: number[] = [];
  for (const item of [...items].sort((a, b) => a.number - b.number)) {
    if (!learnt.has(item.state)) continue;
    hits.push(item.class === item.label ? 1 : 0);
    const last = hits.slice(-window);
    course.at.push(item.number);
    course.right.push(last.reduce((sum, hit) => sum + hit, 0) / last.length);
  }
  return course;
}
