import { encodeForm } from "./answer";
import { bounds } from "./bounds";
import type { FormValue, Spec } from "./form";
import { type Bytes, sum } from "./hash";
import { Refusal } from "./refusal";
import { quote, spell, utf8 } from "./spell";

/** The head of a submission blob: what it answers, by whom, under which version. */
export interface Sheet {
  request: string;
  round: number;
  page: number;
  contributor: string;
  guideline: number;
}

export const skipReasons = ["unclear", "broken", "language", "expertise", "unsafe", "other"] as const;
export type SkipReason = (typeof skipReasons)[number];

export const flagReasons = ["wrong_gold", "personal_data", "illegal", "ontology_gap", "other"] as const;
export type FlagReason = (typeof flagReasons)[number];

export type Origin = "prediction" | "prediction-changed";

/** A line of a submission blob: a label or a value, or a reason for neither. */
export interface Answer {
  item: string;
  label?: string;
  value?: FormValue;
  skip?: SkipReason;
  note?: string;
  flags?: FlagReason[];
  origin?: Origin;
  /** Active time spent. */
  ms?: number;
}

function encodeAnswer(spec: Spec, answer: Answer): string {
  const { item, label, value, skip, note, flags = [], origin, ms } = answer;
  const members: [string, string | undefined][] = [
    ["item", quote(item)],
    ["label", label && quote(label)],
    ["value", value && spec.form && encodeForm(spec.form, value)],
    ["skip", skip && quote(skip)],
    ["note", note && quote(note)],
    ["flags", flags.length > 0 ? spell(flags) : undefined],
    ["origin", origin && quote(origin)],
    ["ms", ms ? String(Math.round(ms)) : undefined],
  ];
  return `{${members.flatMap(([name, text]) => (text ? [`"${name}":${text}`] : [])).join(",")}}`;
}

/** Writes the blob of a submission byte for byte as core/work.EncodeAnswers. */
export function encodeAnswers(sheet: Sheet, spec: Spec, answers: Answer[]): Bytes {
  const { request, round, page, contributor, guideline } = sheet;
  const lines = [spell({ request, round, page, contributor, guideline }), ...answers.map((a) => encodeAnswer(spec, a))];
  const blob = utf8(lines.map((line) => line + "\n").join(""));
  if (blob.length > bounds.submission) throw new Refusal("size", { value: blob.length, high: bounds.submission });
  return blob;
}

/** Binds content and salt before anything shows: core/work.Commitment. */
export function commitmentOf(cid: string, salt: Bytes): Promise<Bytes> {
  return sum("alaya/work/submission/v1", utf8(cid), salt);
}
