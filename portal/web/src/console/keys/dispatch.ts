import type { Command } from "../plugin";
import { type Chord, chordsOf, types } from "./chord";

/** What commands do, by id; the latest group that knows a command has it. */
export type Handlers = Record<string, (() => void) | undefined>;

const textInputs = new Set(["text", "search", "number", "url", "email", "tel", "password", "date", "time", "datetime-local", ""]);

/** Whether an element takes text. */
export function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return textInputs.has(target.getAttribute("type") ?? "");
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}

const pressable = "button, a[href], summary, [role=button]";
const modal = "[role=dialog], [role=alertdialog], [role=menu], [role=listbox]";

/** Whether the key belongs to what has the focus, not to the console. */
function ownedByTarget(event: KeyboardEvent, chord: Chord, command: Command): boolean {
  const { target } = event;
  if (!(target instanceof Element)) return false;
  if (target.closest(modal)) return true;
  if (takesText(target)) return !command.inText || types(chord);
  const input = target instanceof HTMLInputElement;
  if (chord === "enter") return target.closest(pressable) !== null;
  if (chord === "space") return input || target.closest(pressable) !== null;
  return input && chord.startsWith("arrow");
}

/** Finds the command that an event gives and that somebody handles. */
export function find(event: KeyboardEvent, commands: Command[], keys: Map<string, Chord[]>, handlers: Handlers[]) {
  for (const chord of chordsOf(event)) {
    const meant = commands
      .filter((c) => keys.get(c.id)?.includes(chord))
      .sort((a, b) => Number(a.yields ?? false) - Number(b.yields ?? false));
    for (const command of meant) {
      const act = handlers.findLast((h) => h[command.id])?.[command.id];
      if (act && !ownedByTarget(event, chord, command)) return act;
    }
  }
  return undefined;
}
