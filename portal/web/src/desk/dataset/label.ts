import { groupBy } from "../group";

/** The smallest, the lower median and the largest of some numbers. */
export interface Spread {
  min: number;
  median: number;
  max: number;
}

export interface ClassCount {
  control?: string;
  label: string;
  items: number;
}

export interface ControlQuality {
  name: string;
  type: string;
  answers: number;
  /** Krippendorff's alpha in ppm; may be below 0. */
  agreement: number;
  support: number;
}

/** The ingredients label as validators write it (core/dataset): shares in ppm, amounts in ualy. */
export interface IngredientsLabel {
  identity: { title: string; summary?: string; dataset: string; records_root: string; records: number; bytes: number };
  contract: {
    request: string; requester: string; terms_hash: string; milestone: number; metric: string; threshold: number; confidence: number;
    evidence: string; measured_items: number; estimate: number; lower_bound: number; holds: boolean; price_due: number;
    price_cap_ualy: number; paid_ualy: number;
  };
  sources: { manifest: string; root: string; items: number; method: string; licence: string }[] | null;
  people: {
    contributors: number; answers: number; answers_per_contributor: Spread; skill: Spread; pay_per_answer_ualy: Spread;
    found_worthless: number; languages?: string[];
  };
  process: {
    method: string; method_version: number; target: number; rounds: number; labels_per_item: Spread; guidelines: string[] | null;
    inputs: string; submissions: number; missing_submissions: number; pre_label_share: number;
  };
  quality: {
    classes: ClassCount[] | null; controls?: ControlQuality[]; raw_agreement: number; gold_items: number; gold_right: number;
    calibration_temperature: number; mean_confidence: number;
  };
  limits: {
    items_without_label: number; items_below_target: number; skips: number; personal_data: string; privacy_budget: string; notes?: string[];
  };
  use: { licence: string; policy?: string; contributor_share: number; withdrawal: string };
}

/** The label of a dataset; undefined while its blob is not at this node. */
export function labelOf({ label }: { label: unknown }): IngredientsLabel | undefined {
  return label ? (label as IngredientsLabel) : undefined;
}

/** Classes in their controls, the most frequent first. */
export function classesOf({ quality }: IngredientsLabel): { control: string; classes: ClassCount[] }[] {
  const controls = groupBy(quality.classes ?? [], (c) => c.control ?? "");
  return [...controls].map(([control, classes]) => ({ control, classes: classes.toSorted((a, b) => b.items - a.items) }));
}
