import type { Label } from "@/records/form";

/** A label in its place: how deep, on which path, whether others hang below. */
export interface Branch {
  label: Label;
  path: string[];
  parent: boolean;
}

/** All labels of a taxonomy, each followed by those below it. */
export function branches(labels: Label[]): Branch[] {
  const below = new Map<string, Label[]>();
  for (const label of labels) {
    const parent = label.parent ?? "";
    below.set(parent, [...(below.get(parent) ?? []), label]);
  }
  const walk = (parent: string, path: string[]): Branch[] =>
    (below.get(parent) ?? []).flatMap((label) => {
      const here = [...path, label.id];
      return [{ label, path: here, parent: below.has(label.id) }, ...walk(label.id, here)];
    });
  return walk("", []);
}

const plain = (text: string) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Whether a label's name or id holds every word of a search, accents and case aside. */
export function matches(label: Label, search: string): boolean {
  const text = plain(`${label.name ?? ""} ${label.id}`);
  return plain(search).split(/\s+/).every((word) => text.includes(word));
}

/** The branches in sight: found ones while searching, else those whose parents are open. */
export function inSight(all: Branch[], search: string, open: ReadonlySet<string>): Branch[] {
  if (search.trim()) return all.filter((branch) => matches(branch.label, search));
  return all.filter((branch) => branch.path.slice(0, -1).every((id) => open.has(id)));
}
