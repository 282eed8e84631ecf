import { createStore } from "@/design";
import type { Command } from "../plugin";
import { type Chord, normal } from "./chord";

/** A contributor's own keys: command to chords; commands that are not named keep theirs. */
export type OwnKeys = Record<string, Chord[]>;

/** The keys of every command, own ones first. */
export function bind(commands: Command[], own: OwnKeys): Map<string, Chord[]> {
  return new Map(commands.map((c) => [c.id, (own[c.id] ?? c.keys).map(normal)]));
}

export interface Clash {
  chord: Chord;
  commands: [Command, Command];
}

/**
 * Commands that one key would give at the same time. Each group are commands
 * of one control: of these only one listens at a time, so groups do not clash
 * with each other, but each with the console's own.
 */
export function clashes(shell: Command[], groups: Command[][], own: OwnKeys = {}): Clash[] {
  const among = [shell, ...groups.map((group) => [...shell.filter((c) => !c.yields), ...group])];
  const found = among.flatMap((commands) => clashesAmong(commands, own));
  const key = (c: Clash) => [c.chord, ...c.commands.map((x) => x.id)].join(" ");
  return [...new Map(found.map((c) => [key(c), c])).values()];
}

function clashesAmong(commands: Command[], own: OwnKeys): Clash[] {
  const first = new Map<Chord, Command>();
  return commands.flatMap((command) =>
    (own[command.id] ?? command.keys).map(normal).flatMap((chord) => {
      const other = first.get(chord);
      if (!other) first.set(chord, command);
      return other && other.id !== command.id ? [{ chord, commands: [other, command] as [Command, Command] }] : [];
    }),
  );
}

const place = (account: string) => `alaya.keys.${account || "anybody"}`;

function load(account: string): OwnKeys {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place(account)) ?? "{}");
    return typeof kept === "object" && kept !== null ? (kept as OwnKeys) : {};
  } catch {
    return {}; // somebody else wrote there: the defaults serve
  }
}

/** The own keys of the account in use. */
export const ownKeys = createStore<{ account: string; keys: OwnKeys }>({ account: "", keys: load("") });

/** Takes the keys of an account into use. */
export function loadKeysOf(account: string) {
  if (ownKeys.get().account !== account) ownKeys.set({ account, keys: load(account) });
}

/** Changes the keys of a command; undefined brings back its own. */
export function rebind(id: string, chords: Chord[] | undefined) {
  const { account, keys } = ownKeys.get();
  const others = Object.entries(keys).filter(([other]) => other !== id);
  const changed = Object.fromEntries(chords ? [...others, [id, chords]] : others);
  localStorage.setItem(place(account), JSON.stringify(changed));
  ownKeys.set({ account, keys: changed });
}

/** Brings back all keys by default. */
export function unbindAll() {
  const { account } = ownKeys.get();
  localStorage.removeItem(place(account));
  ownKeys.set({ account, keys: {} });
}
