import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from "react";
import { useStore } from "@/design";
import type { Command } from "../plugin";
import { type Chord, print } from "./chord";
import { find, type Handlers } from "./dispatch";
import { bind, ownKeys } from "./map";

interface Keyboard {
  /** The commands of the console, then those of each control. */
  shell: Command[];
  groups: Command[][];
  bound: Map<string, Chord[]>;
  mount: (handlers: { current: Handlers }) => () => void;
}

const Context = createContext<Keyboard | null>(null);

/** The one listener to keys: turns them into commands. */
export function KeysProvider({ shell, groups, children }: { shell: Command[]; groups: Command[][]; children: ReactNode }) {
  const { keys: own } = useStore(ownKeys);
  const mounted = useRef<{ current: Handlers }[]>([]);
  const keyboard = useMemo(() => {
    const bound = bind([...shell, ...groups.flat()], own);
    const mount = (handlers: { current: Handlers }) => {
      mounted.current.push(handlers);
      return () => void (mounted.current = mounted.current.filter((h) => h !== handlers));
    };
    return { shell, groups, bound, mount };
  }, [shell, groups, own]);

  useEffect(() => {
    const commands = distinct([...keyboard.shell, ...keyboard.groups.flat()]);
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const act = find(event, commands, keyboard.bound, mounted.current.map((h) => h.current));
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [keyboard]);

  return <Context value={keyboard}>{children}</Context>;
}

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
  const mount = keyboard?.mount;
  useEffect(() => (on ? mount?.(latest) : undefined), [on, mount]);
}

/** The key of a command as printed on its button; undefined when it has none. */
export function useKeyOf(): (id: string) => string | undefined {
  const bound = useContext(Context)?.bound;
  return (id) => {
    const chord = bound?.get(id)?.[0];
    return chord && print(chord);
  };
}
