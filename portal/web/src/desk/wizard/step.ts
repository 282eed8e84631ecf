import type { Draft } from "./draft";

/** What each step is given. */
export interface StepProps {
  draft: Draft;
  change: (part: Partial<Draft> | ((before: Draft) => Partial<Draft>)) => void;
}
