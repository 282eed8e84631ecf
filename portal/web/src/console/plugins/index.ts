import type { Control, ControlType, Form, Item } from "@/records/form";
import type { Command, Plugin } from "../plugin";

const found = import.meta.glob<Plugin>("./*/index.ts", { import: "plugin" });

/** The folders of the plug-ins for each type, the first that serves an item taken; each is a chunk of its own. */
const folders: Record<ControlType, readonly string[]> = {
  choice: ["choice"], choices: ["choice"], path: ["choice"], rating: ["rating"], number: ["number"], text: ["text"],
  span: ["span"], box: ["image"], polygon: ["image"], keypoint: ["image"], mask: ["image"], interval: ["series", "audio"],
  track: ["video"], cuboid: ["cloud"], preference: ["preference"], ranking: ["ranking"],
};

/** The plug-in that answers a control of an item. */
export type Picker = (control: Control, item: Item) => Plugin;

/** Loads all plug-ins that a form needs. */
export async function pickerFor(form: Form): Promise<Picker> {
  const needed = [...new Set(form.controls.flatMap((c) => folders[c.type]))];
  const loaded = new Map(await Promise.all(needed.map(async (folder) => [folder, await load(folder)] as const)));
  return (control, item) => {
    const candidates = folders[control.type].flatMap((folder) => loaded.get(folder) ?? []);
    const serving = candidates.find((plugin) => plugin.serves?.(control, item) ?? true) ?? candidates.at(-1);
    if (!serving) throw new Error(`control ${control.name}: no plug-in for ${control.type}`);
    return serving;
  };
}

async function load(folder: string): Promise<Plugin> {
  const plugin = await found[`./${folder}/index.ts`]?.();
  if (!plugin) throw new Error(`plug-in ${folder}: there is none`);
  return plugin;
}

/** The commands of each control of a form, for the key map and its check for clashes. */
export function commandsOf(form: Form, item: Item, pick: Picker): Command[][] {
  return form.controls.map((control) => pick(control, item).commands(control, item));
}

/** Whether a control shows the item itself: it stands in the middle, not beside it. */
export function onStage(control: Control): boolean {
  return !["choice", "choices", "path", "rating", "number", "text"].includes(control.type);
}
