/** A key with its modifiers: "ctrl+shift+z", "delete", "?", "1". Ctrl is also the Mac's command key. */
export type Chord = string;

const named: Record<string, string> = { " ": "space", esc: "escape", del: "delete", up: "arrowup", down: "arrowdown", left: "arrowleft", right: "arrowright" };
const modifiers = ["ctrl", "alt", "shift"] as const;

const split = (chord: string) => chord.split(/(?<=[^+])\+(?=.)/);

/** Brings a chord as people write it into its one form. */
export function normal(text: string): Chord {
  const parts = split(text.trim().toLowerCase());
  const last = parts.pop() ?? "";
  const held = modifiers.filter((m) => parts.includes(m) || (m === "ctrl" && (parts.includes("cmd") || parts.includes("meta"))));
  return [...held, named[last] ?? last].join("+");
}

type KeyLike = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/**
 * The chords that an event may stand for: by what it types, then by its place
 * on the keyboard, so that keys work under any layout and alphabet.
 */
export function chordsOf(event: KeyLike): Chord[] {
  const typed = event.key.toLowerCase();
  const placed = /^(?:Key|Digit)(.)$/.exec(event.code)?.[1]?.toLowerCase();
  const keys = [typed, placed].flatMap((k) => (k ? [named[k] ?? k] : []));
  return [...new Set(keys.map((key) => held(event, key)))];
}

function held(event: KeyLike, key: string): Chord {
  const sign = key.length === 1 && !/[\p{L}\p{N}]/u.test(key);
  const mods = [event.ctrlKey || event.metaKey ? "ctrl+" : "", event.altKey ? "alt+" : "", event.shiftKey && !sign ? "shift+" : ""];
  return mods.join("") + key;
}

/** Whether a chord is a bare key that types something. */
export function types(chord: Chord): boolean {
  const bare = chord.replace(/^shift\+/, "");
  return bare.length === 1 || bare === "space" || bare === "enter" || bare === "delete" || bare === "backspace" || bare.startsWith("arrow");
}

const shown: Record<string, string> = {
  ctrl: "Ctrl", alt: "Alt", shift: "⇧", enter: "↵", escape: "Esc", delete: "Del", backspace: "⌫", space: "Space", tab: "Tab",
  arrowup: "↑", arrowdown: "↓", arrowleft: "←", arrowright: "→", pageup: "PgUp", pagedown: "PgDn", home: "Home", end: "End",
};

/** A chord as it is printed on keys. */
export function print(chord: Chord, mac = /mac/i.test(navigator.platform)): string {
  return split(chord)
    .map((part) => (mac && part === "ctrl" ? "⌘" : (shown[part] ?? part.toUpperCase())))
    .join("+");
}
