import { problems } from "@/records/answer";
import type { FormValue, Spec } from "@/records/form";
import type { TrueAnswer } from "../gold/gold";
import { readRows } from "./table";

/** A line of a table of true answers that cannot be taken. */
export class GoldFault extends Error {
  constructor(
    readonly reason: "item" | "label" | "value",
    readonly line: number,
    readonly value: string,
  ) {
    super(`line ${line}: ${reason} ${value}`);
    this.name = "GoldFault";
  }
}

/** Reads true answers: a table of item and label, or JSON Lines of item and label or value. */
export function readGold(name: string, text: string, items: ReadonlySet<string>, spec: Spec): TrueAnswer[] {
  const seen = new Set<string>();
  const take = (answer: TrueAnswer, line: number): TrueAnswer => {
    if (!items.has(answer.item) || seen.has(answer.item)) throw new GoldFault("item", line, answer.item);
    seen.add(answer.item);
    if (spec.form) checkValue(answer, spec, line);
    else if (!spec.labels?.includes(answer.label ?? "")) throw new GoldFault("label", line, answer.label ?? "");
    return answer;
  };
  if (/\.jsonl$/i.test(name)) {
    return text.split("\n").flatMap((line, i) => {
      if (line.trim() === "") return [];
      const { item, label, value } = JSON.parse(line) as { item: string; label?: string; value?: FormValue };
      return [take({ item, label, value }, i + 1)];
    });
  }
  const [, ...rows] = readRows(text, /\.tsv$/i.test(name) ? "\t" : ",");
  return rows.map(([item, label]) => take({ item: item?.text ?? "", label: label?.text }, item?.line ?? 1));
}

function checkValue({ value }: TrueAnswer, { form }: Spec, line: number) {
  if (!value || !form) throw new GoldFault("value", line, "");
  const [wrong] = problems(form, value);
  if (wrong) throw new GoldFault("value", line, wrong.refusal.message);
}
