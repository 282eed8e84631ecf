import type { Work } from "@/console/state/history";
import type { Asset, Form, Item, Spec } from "@/records/form";
import type { GoldLabel, TrueAnswer } from "../gold/gold";

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000] as const;

/** The terms as a requester sets them: lengths in ms, amounts in ualy, shares in ppm. */
export interface Offer {
  page: number;
  min: number;
  max: number;
  step: number;
  target: number;
  threshold: number;
  confidence: number;
  minEvidence: number;
  schedule: { shortfall: number; pay: number }[];
  price: string;
  budget: string;
  stake: string;
  deposit: string;
  bidsUntil: number;
  deliverBy: number;
  windows: Record<(typeof windows)[number], number>;
  score: number;
  skill: string;
  languages: string[];
  invited: string[];
  matching: "manual" | "auto";
  licence: string;
  policy: string;
  share: number;
}

export const windows = ["accept", "lease", "commit", "reveal", "gold", "review", "contest"] as const;

/** A file that items show, once the node has it. */
export interface Kept extends Asset {
  name: string;
}

/** A request in the making: plain data, kept in this browser at every change. */
export interface Draft {
  id: string;
  savedAt: number;
  step: number;
  title: string;
  summary: string;
  tags: string[];
  /** Items of a table, before names of files become files. */
  table: Item[];
  tableName: string;
  files: Kept[];
  kind: "labels" | "form";
  question: string;
  labels: string[];
  form: Form;
  match: number;
  /** What of a Label Studio configuration was not taken over. */
  ignored: string[];
  guidelines: string;
  examples: NonNullable<Spec["examples"]>;
  /** True answers, and work on them that is not finished. */
  gold: TrueAnswer[];
  goldWork?: Work;
  goldItems: string[];
  offer: Offer;
  /** What the forecast assumes of an answer. */
  guess: { accuracy: number; ms: number; workers: number; floor: string };
  /** Made when posting begins, so that trying again commits to the same. */
  secret?: GoldLabel[];
}

export function newDraft(id: string, now: number): Draft {
  return {
    id, savedAt: now, step: 0, title: "", summary: "", tags: [], table: [], tableName: "", files: [],
    kind: "labels", question: "", labels: [], form: { controls: [] }, match: 0, ignored: [], guidelines: "", examples: [], gold: [], goldItems: [],
    offer: {
      page: 20, min: 3, max: 9, step: 2, target: 990_000, threshold: 800_000, confidence: 950_000, minEvidence: 20, schedule: [],
      price: "50000", budget: "0", stake: "0", deposit: "0", bidsUntil: day, deliverBy: 30 * day,
      windows: { accept: day, lease: hour, commit: 7 * day, reveal: day, gold: day, review: 3 * day, contest: 7 * day },
      score: 0, skill: "", languages: [], invited: [], matching: "manual", licence: "CC-BY-4.0", policy: "", share: 0,
    },
    guess: { accuracy: 850_000, ms: minute / 4, workers: 10, floor: "12000000" },
  };
}

/** The key under which an item shows its file. */
function keyOf({ mime, name }: Kept): string {
  const kind = mime.split("/")[0] ?? "";
  if (/\.(pcd|ply|bin)$/i.test(name)) return "cloud";
  return ["image", "audio", "video", "text"].includes(kind) ? kind : "file";
}

const asset = (kept: Kept) => Object.fromEntries(Object.entries(kept).filter(([, v]) => v !== undefined && v !== 0)) as unknown as Asset;

/** The items asked about: the table with the files that it names, else one item for each file. */
export function itemsOf({ table, files }: Pick<Draft, "table" | "files">): Item[] {
  if (table.length === 0) return files.map((f) => ({ id: f.name.slice(0, 120), data: { [keyOf(f)]: asset(f) } }));
  const byName = new Map(files.map((f) => [f.name, asset(f)]));
  if (byName.size === 0) return table;
  return table.map((item) => {
    if (typeof item.data !== "object" || item.data === null) return item;
    const data = Object.entries(item.data).map(([key, value]) => [key, (typeof value === "string" && byName.get(value)) || value] as const);
    return { ...item, data: Object.fromEntries(data) as Item["data"] };
  });
}

/** What contributors are asked. */
export function specOf(d: Draft): Spec {
  const common = { question: d.question.trim(), guidelines: d.guidelines || undefined, examples: d.examples.length > 0 ? d.examples : undefined };
  return d.kind === "labels" ? { ...common, labels: d.labels } : { ...common, form: d.form, match: d.match || undefined };
}

/** The keys of what items show, for what a control may be about. */
export function keysOf(items: readonly Item[]): string[] {
  return [...new Set(items.slice(0, 50).flatMap((i) => Object.keys(i.data ?? {})))].filter((key) => key !== "prelabels");
}

/** Items on a page: never more than there are. */
export function pageOf(d: Pick<Draft, "table" | "files" | "offer">): number {
  return Math.max(1, Math.min(d.offer.page, d.table.length || d.files.length));
}

/** The pages that items are cut into. */
export function pagesOf(count: number, page: number): number[] {
  const size = Math.max(1, page);
  return Array.from({ length: Math.ceil(count / size) }, (_, i) => Math.min(size, count - i * size));
}
