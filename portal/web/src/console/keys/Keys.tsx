import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from "react";
import { useStore } from "@/design";
import type { Command } from "../plugin";
import { type Chord, print } from "./chord";
import { find, type Handlers, type Listener } from "./dispatch";
import { bind, ownKeys, type OwnKeys } from "./map";

interface Keyboard {
  /** The commands of the console, then those of each control. */
  shell: Command[];
  groups: Command[][];
  /** The commands of those that listen here, with their keys. */
  commands: Command[];
  bound: Map<string, Chord[]>;
  mount: (listener: () => Listener) => () => void;
}

const Context = createContext<Keyboard | null>(null);

/** The one listener to keys: turns them into commands. */
export function KeysProvider({ shell, groups, children }: { shell: Command[]; groups: Command[][]; children: ReactNode }) {
  const { keys: own } = useStore(ownKeys);
  const mounted = useRef<(() => Listener)[]>([]);
  const keyboard = useMemo(() => {
    const mount = (listener: () => Listener) => {
      mounted.current.push(listener);
      return () => void (mounted.current = mounted.current.filter((other) => other !== listener));
    };
    return { shell, groups, ...listening([...shell, ...groups.flat()], own), mount };
  }, [shell, groups, own]);

  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const act = find(event, mounted.current.map((listener) => listener()));
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);

  return <Context value={keyboard}>{children}</Context>;
}

/** The keys of one control: others may have the same commands on other keys, as their labels say. */
export function KeysOf({ commands, children }: { commands: Command[]; children: ReactNode }) {
  const around = useContext(Context);
  const { keys: own } = useStore(ownKeys);
  const keyboard = useMemo(() => around && { ...around, ...listening([...around.shell, ...commands], own) }, [around, commands, own]);
  return <Context value={keyboard}>{children}</Context>;
}

const listening = (commands: Command[], own: OwnKeys) => ({ commands: distinct(commands), bound: bind(commands, own) });

function distinct(commands: Command[]): Command[] {
  return [...new Map(commands.map((c) => [c.id, c])).values()];
}

/** The keyboard around; outside of a console there is none. */
export function useKeyboard(): Keyboard | null {
  return useContext(Context);
}

/** Handles commands while on is true. The latest to mount wins. */
export function useCommands(on: boolean, handlers: Handlers) {
  const keyboard = useContext(Context);
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  useEffect(() => (on ? keyboard?.mount(() => ({ ...keyboard, handlers: latest.current })) : undefined), [on, keyboard]);
}

/** The key of a command as printed on its button; undefined when it has none. */
export function useKeyOf(): (id: string) => string | undefined {
  const bound = useContext(Context)?.bound;
  return (id) => {
    const chord = bound?.get(id)?.[0];
    return chord && print(chord);
  };
}
