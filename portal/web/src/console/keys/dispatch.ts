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

/** Commands that somebody handles, with their keys. */
export interface Listener {
  handlers: Handlers;
  commands: Command[];
  bound: Map<string, Chord[]>;
}

/** Finds what an event is to do; of several listeners to the same command the last has it. */
export function find(event: KeyboardEvent, listeners: Listener[]) {
  for (const chord of chordsOf(event)) {
    const meant = listeners.flatMap(({ handlers, commands, bound }, mounted) =>
      commands.flatMap((command, rank) => {
        const act = bound.get(command.id)?.includes(chord) && handlers[command.id];
        return act ? [{ command, act, rank, mounted }] : [];
      }),
    );
    meant.sort((a, b) => Number(a.command.yields ?? false) - Number(b.command.yields ?? false) || a.rank - b.rank || b.mounted - a.mounted);
    const found = meant.find(({ command }) => !ownedByTarget(event, chord, command));
    if (found) return found.act;
  }
  return undefined;
}
