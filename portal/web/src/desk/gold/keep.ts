import { openShelf } from "@/api/shelf";
import { toHex } from "@/records/hash";
import { commitGold, type GoldLabel } from "./gold";

/** True answers of a request, kept in this browser until they are opened. */
export interface KeptGold {
  title: string;
  labels: GoldLabel[];
}

/** By the root that the request commits to, in hex: known before the request is posted. */
const shelf = openShelf<KeptGold>("alaya.gold");

export async function keepGold(kept: KeptGold): Promise<string> {
  const root = toHex((await commitGold(kept.labels)).root);
  await shelf.put(root, kept);
  return root;
}

export const goldOf = (root: string) => shelf.get(root);

/** Gold as a file, for another browser or a safe place. */
export const exportGold = (kept: KeptGold) => new Blob([JSON.stringify(kept, null, 1)], { type: "application/json" });

function isLabel(g: unknown): g is GoldLabel {
  if (typeof g !== "object" || !g || !("item" in g) || !("salt" in g)) return false;
  return typeof g.item === "string" && typeof g.salt === "string" && /^[0-9a-f]{64}$/.test(g.salt) && ("label" in g || "value" in g);
}

/** Reads exported gold, or what the command line keeps in gold/, and keeps it under its root. */
export async function importGold(text: string, root: string): Promise<boolean> {
  const read = JSON.parse(text) as KeptGold | { item: string; label?: string; value?: unknown; salt: string }[];
  const found = Array.isArray(read) ? { title: "", labels: read.map((g) => ({ ...g, value: g.value && JSON.stringify(g.value) })) } : read;
  if (!Array.isArray(found.labels) || !found.labels.every(isLabel)) return false;
  const kept = { title: found.title, labels: found.labels as GoldLabel[] };
  if (toHex((await commitGold(kept.labels)).root) !== root) return false;
  await shelf.put(root, kept);
  return true;
}
