import type { Control, Label } from "@/records/form";

/** Colours that can be told apart on most pictures, also by most who see few colours. */
const palette = ["#e69f00", "#56b4e9", "#2bb58c", "#f0e442", "#3f8fe0", "#e8663c", "#e08bc0", "#b7b7b7", "#9d7bea", "#7fd14a"];

/** How a class is shown: never by its colour alone. */
export interface Look { id: string; name: string; color: string }

/** How each class of a control is shown; before are the classes of others beside it, which have colours already. */
export function looks(control: Pick<Control, "labels">, before = 0): Map<string, Look> {
  const entry = (label: Label, i: number): [string, Look] => [
    label.id,
    { id: label.id, name: label.name ?? label.id, color: label.color ?? palette[(before + i) % palette.length] ?? "#56b4e9" },
  ];
  return new Map((control.labels ?? []).map(entry));
}

const unknown = (id: string): Look => ({ id, name: id, color: "#b7b7b7" });

export const lookOf = (all: ReadonlyMap<string, Look>, id: string): Look => all.get(id) ?? unknown(id);

/** Black or white, whichever is read better on a colour. */
export function inkOn(color: string): string {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
  return r * 0.299 + g * 0.587 + b * 0.114 > 140 ? "#000000" : "#ffffff";
}
