import { normal } from "@/console/keys/chord";
import { shellCommands } from "@/console/keys/commands";
import type { Control } from "@/records/form";

/** Keys of a control's labels that two of them have, or that the console needs itself. */
export function clashingHotkeys({ labels = [] }: Pick<Control, "labels">): string[] {
  const taken = new Set(shellCommands.filter((c) => !c.yields).flatMap((c) => c.keys.map(normal)));
  return labels.flatMap(({ hotkey }) => {
    if (!hotkey) return [];
    const key = normal(hotkey);
    if (taken.has(key)) return [hotkey];
    taken.add(key);
    return [];
  });
}
