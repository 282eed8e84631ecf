import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, Dialog, IconButton, Note, useStore } from "@/design";
import type { Command } from "../plugin";
import { type Chord, chordsOf, print } from "./chord";
import { useKeyboard } from "./Keys";
import { bind, clashes, ownKeys, rebind, unbindAll } from "./map";

/** All keys there are now; each can be changed. */
export function KeysDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation("console");
  return (
    <Dialog open={open} onOpenChange={(o) => !o && onClose()} title={t("keys.title")} lead={t("keys.lead")} wide>
      <KeyTable />
    </Dialog>
  );
}

function useCommandName() {
  const { t, i18n } = useTranslation("console");
  return (command: Command) => {
    const [namespace] = command.label.split(":");
    if (namespace && !i18n.hasLoadedNamespace(namespace)) void i18n.loadNamespaces(namespace);
    return t(command.label, { ...command.values });
  };
}

function KeyTable() {
  const { t } = useTranslation("console");
  const keyboard = useKeyboard();
  const nameOf = useCommandName();
  const { keys: own } = useStore(ownKeys);
  const [editing, setEditing] = useState<string>();
  if (!keyboard) return null;
  const found = clashes(keyboard.shell, keyboard.groups, own);
  const groups = [keyboard.shell, ...keyboard.groups].filter((g) => g.length > 0);
  return (
    <div className="flex flex-col gap-4">
      {found.map((clash) => (
        <Note key={clash.chord} tone="bad" title={t("keys.clash", { key: print(clash.chord), first: nameOf(clash.commands[0]), second: nameOf(clash.commands[1]) })} />
      ))}
      <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
        {groups.map((group, i) => (
          <ul key={i} aria-label={t(i === 0 ? "keys.general" : "keys.control")} className="flex flex-col divide-y divide-line">
            {group.map((command) => (
              <KeyRow
                key={command.id}
                command={command}
                name={nameOf(command)}
                chords={bind([command], own).get(command.id) ?? []}
                changed={command.id in own}
                editing={editing === command.id}
                onEdit={setEditing}
                clashing={(chord) => clashes(keyboard.shell, keyboard.groups, { ...own, [command.id]: [chord] }).find((c) => c.chord === chord)}
              />
            ))}
          </ul>
        ))}
      </div>
      <Button className="self-start" onClick={unbindAll}>
        {t("keys.reset")}
      </Button>
    </div>
  );
}

interface RowProps {
  command: Command;
  name: string;
  chords: Chord[];
  changed: boolean;
  editing: boolean;
  onEdit: (id: string | undefined) => void;
  clashing: (chord: Chord) => { commands: [Command, Command] } | undefined;
}

const heldOnly = new Set(["control", "shift", "alt", "meta", "altgraph"]);

function KeyRow({ command, name, chords, changed, editing, onEdit, clashing }: RowProps) {
  const { t } = useTranslation("console");
  const nameOf = useCommandName();
  const [refused, setRefused] = useState<string>();
  const take = (event: React.KeyboardEvent) => {
    if (event.key === "Tab" || heldOnly.has(event.key.toLowerCase())) return;
    event.preventDefault();
    event.stopPropagation();
    const [chord = ""] = chordsOf(event.nativeEvent);
    const clash = clashing(chord);
    const other = clash?.commands.find((c) => c.id !== command.id);
    if (other) return setRefused(t("keys.taken", { key: print(chord), name: nameOf(other) }));
    rebind(command.id, [chord]);
    setRefused(undefined);
    onEdit(undefined);
  };
  return (
    <li className="flex min-h-10 flex-wrap items-center gap-2 py-1">
      <span className="grow">{name}</span>
      {editing ? (
        <button type="button" autoFocus onKeyDown={take} onBlur={() => onEdit(undefined)} className="rounded border-2 border-dashed border-accent px-3 py-1 text-sm">
          {t("keys.press")}
        </button>
      ) : (
        <button
          type="button"
          aria-label={t("keys.change", { name })}
          onClick={() => onEdit(command.id)}
          className="flex min-h-8 cursor-pointer items-center gap-1 rounded px-1 hover:bg-sunken pointer-coarse:min-h-11"
        >
          {chords.map((chord) => (
            <kbd key={chord} className="rounded border border-line-strong px-1.5 font-mono text-sm">
              {print(chord)}
            </kbd>
          ))}
        </button>
      )}
      {changed && <IconButton icon="undo" label={t("keys.back", { name })} onClick={() => rebind(command.id, undefined)} />}
      {refused && (
        <p role="alert" className="basis-full text-sm text-bad">
          {refused}
        </p>
      )}
    </li>
  );
}

