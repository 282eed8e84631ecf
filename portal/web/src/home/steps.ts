import type { Step } from "@/api/types";
import type { IconName } from "@/design";

/** Where a step is taken. */
export function placeOf({ kind, request }: Step): string {
  switch (kind) {
    case "accept":
      return `/requests/${request}`;
    case "lease":
    case "answer":
    case "reveal":
      return `/console/${request}`;
    default:
      return `/desk/requests/${request}`;
  }
}

export const iconOf: Record<Step["kind"], IconName> = {
  accept: "check", lease: "play", answer: "edit", reveal: "unlock",
  award: "account", close_round: "lock", reveal_gold: "key", review: "eye", revise: "requests",
};

const hour = 3_600_000;

const quarter = hour / 4;

/** How soon a step is due: at once, today, or later. */
export function urgency({ due }: Pick<Step, "due">, now: number): "now" | "soon" | "later" {
  if (due === 0) return "later";
  return due - now < quarter ? "now" : due - now < 24 * hour ? "soon" : "later";
}
