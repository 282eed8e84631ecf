import type { Command } from "../plugin";
import type { Control } from "@/records/form";

const command = (id: string, keys: string[], more: Partial<Command> = {}): Command => ({
  id,
  label: `console:command.${id}`,
  keys,
  ...more,
});

/** The commands of the console itself, with the keys of the field's tools. */
export const shellCommands: Command[] = [
  command("submit", ["ctrl+enter"], { inText: true }),
  command("skip", ["ctrl+space"], { inText: true }),
  command("flag", ["alt+g"], { inText: true }),
  command("undo", ["ctrl+z"]),
  command("redo", ["ctrl+shift+z", "ctrl+y"]),
  command("save", ["ctrl+s"], { inText: true }),
  command("accept", ["alt+a"], { inText: true }),
  command("previous", ["d", "alt+pageup"], { yields: true }),
  command("next", ["f", "alt+pagedown"], { yields: true }),
  command("previousControl", ["k"], { yields: true }),
  command("nextControl", ["j"], { yields: true }),
  command("guide", ["i"], { yields: true }),
  command("view", ["v"], { yields: true }),
  command("keys", ["?"]),
];

const digits = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"];

/** A command for each label of a control, or each name given: its own key, else the digits in turn. */
export function labelCommands(control: Control, names?: string[]): Command[] {
  const given = names?.map((name) => ({ id: name, name, hotkey: undefined }));
  const labels = given ?? control.labels ?? [];
  const taken = labels.flatMap((l) => (l.hotkey ? [l.hotkey.toLowerCase()] : []));
  const free = digits.filter((d) => !taken.includes(d));
  return labels.flatMap((label, i) => {
    const keys = label.hotkey ? [label.hotkey] : free.splice(0, 1);
    if (keys.length === 0) return [];
    return [{ id: `label.${i}`, label: "console:command.label", values: { name: label.name ?? label.id }, keys }];
  });
}
