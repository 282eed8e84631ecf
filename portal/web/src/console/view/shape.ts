import { isAsset } from "../media/asset";
import type { Control, Item, Turn } from "@/records/form";
import { own } from "@/records/own";

/** Whether a value is a dialogue. */
export function isDialogue(value: unknown): value is Turn[] {
  const turn = (t: unknown) => typeof t === "object" && t !== null && "text" in t && typeof t.text === "string";
  return Array.isArray(value) && value.length > 0 && value.every(turn);
}

/** The keys of an item's data that are shown: all but the guesses. */
export function shownKeys(item: Item): string[] {
  return Object.keys(item.data ?? {}).filter((key) => key !== "prelabels");
}

/** The text or dialogue that a control is about: its target, or the first there is. */
export function textFor(control: Control, item: Item): string | Turn[] | undefined {
  const data = item.data ?? {};
  const values = control.target ? [own(data, control.target)] : shownKeys(item).map((key) => data[key]);
  return values.find((v): v is string | Turn[] => typeof v === "string" || isDialogue(v));
}

/** The keys of the data that a control shows by itself. */
export function keysShownBy(control: Control, item: Item): string[] {
  if (control.options) return control.options;
  if (control.target) return control.type === "cuboid" ? [control.target, "cameras"] : [control.target];
  const text = textFor(control, item);
  return shownKeys(item).filter((key) => {
    const value = item.data?.[key];
    return control.type === "span" ? value === text : typeof value === "object" && !isDialogue(value);
  });
}

/** What stands in for an item that has no data: the blob it names, or its id. */
export function dataOf(item: Item): Record<string, unknown> {
  if (item.data && shownKeys(item).length > 0) return item.data;
  return item.content ? { content: { cid: item.content, mime: "" } } : { id: item.id };
}

export { isAsset };
