import { decimal } from "@/design/format";
import { pageOf, windows, type Draft } from "./draft";

type Value = string | number | boolean | Value[] | { [name: string]: Value | undefined } | undefined;

const safe = /^[A-Za-z][A-Za-z0-9 _./-]*$/;
const reserved = /^(true|false|null|yes|no|on|off|y|n|~)$/i;

/** A text as YAML: plain where nobody can misread it, else in double quotes, as JSON writes it. */
function scalar(value: string | number | boolean): string {
  if (typeof value !== "string") return String(value);
  return safe.test(value) && !reserved.test(value) && !value.endsWith(" ") ? value : JSON.stringify(value);
}

const isPlain = (value: Value): value is string | number | boolean => typeof value !== "object" && value !== undefined;

/** Block style; lists of plain values stand in one line. */
function write(value: Value, indent: string): string {
  if (isPlain(value)) return ` ${scalar(value)}\n`;
  if (Array.isArray(value)) {
    if (value.every(isPlain)) return ` [${value.map(scalar).join(", ")}]\n`;
    return `\n${value.map((v) => `${indent}-${write(v, `${indent}  `).replace(/^\n\s+/, " ")}`).join("")}`;
  }
  const members = Object.entries(value ?? {}).filter(([, v]) => v !== undefined);
  if (members.length === 0) return " {}\n";
  return `\n${members.map(([name, v]) => `${indent}${name}:${write(v, `${indent}  `)}`).join("")}`;
}

const percent = (ppm: number) => `${decimal(BigInt(Math.round(ppm)) * 100n)}%`;
const aly = (ualy: string) => `${decimal(BigInt(ualy || "0"))}aly`;

/** A length of time in the largest unit that has no fraction. */
function length(ms: number): string {
  for (const [size, unit] of [[86_400_000, "d"], [3_600_000, "h"], [60_000, "m"], [1000, "s"]] as const) {
    if (ms % size === 0) return `${ms / size}${unit}`;
  }
  return `${Math.round(ms)}ms`;
}

const some = <T>(list: T[]) => (list.length > 0 ? list : undefined);
const paid = (ualy: string) => (BigInt(ualy || "0") > 0n ? aly(ualy) : undefined);

/** The draft as `alaya request post` reads it, beside items.jsonl, guidelines.md, examples.jsonl and gold.jsonl. */
export function yamlOf(d: Draft): string {
  const o = d.offer;
  const qualification = {
    score: o.score > 0 ? percent(o.score) : undefined, skill: o.skill || undefined,
    languages: some(o.languages), invited: some(o.invited),
  };
  const fields: Value = {
    title: d.title, summary: d.summary || undefined, tags: some(d.tags), items: "items.jsonl", page: pageOf(d), question: d.question.trim(),
    labels: d.kind === "labels" ? d.labels : undefined,
    form: d.kind === "form" ? (JSON.parse(JSON.stringify(d.form)) as Value) : undefined,
    match: d.kind === "form" && d.match > 0 ? percent(d.match) : undefined,
    guidelines: d.guidelines ? "guidelines.md" : undefined,
    examples: d.examples.length > 0 ? "examples.jsonl" : undefined,
    gold: d.gold.length > 0 ? "gold.jsonl" : undefined,
    redundancy: { min: o.min, max: o.max, step: o.step, target: percent(o.target) },
    clause: {
      metric: "accuracy", threshold: percent(o.threshold), confidence: percent(o.confidence), min_evidence: o.minEvidence,
      schedule: some(o.schedule.map((s) => ({ shortfall: percent(s.shortfall), pay: percent(s.pay) }))),
    },
    price_cap: aly(o.price), budget: aly(o.budget), stake: paid(o.stake), deposit: paid(o.deposit),
    bids_until: length(o.bidsUntil), deliver_by: length(o.deliverBy),
    windows: Object.fromEntries(windows.map((w) => [w, length(o.windows[w])])),
    qualification: Object.values(qualification).some((v) => v !== undefined) ? qualification : undefined,
    matching: o.matching, licence: o.licence, policy: o.policy || undefined,
    contributor_share: o.share > 0 ? percent(o.share) : undefined,
  };
  return write(fields, "").trimStart();
}
