import type { Control } from "@/records/form";
import { labelCommands } from "../keys/commands";
import type { Command } from "../plugin";

const command = (id: string, ...keys: string[]): Command => ({ id: `media.${id}`, label: `media:command.${id}`, keys });

/** Commands of every list of regions. */
const regionCommands: Command[] = [
  command("draw", "n"),
  command("select", "s"),
  command("unselect", "escape", "u"),
  command("delete", "delete"),
  command("duplicate", "ctrl+d"),
  command("hide", "alt+h"),
  command("hide_all", "h"),
  command("lock", "alt+l"),
  command("next_region", "."),
  command("previous_region", ","),
];

const zoomCommands: Command[] = [command("zoom_in", "+", "="), command("zoom_out", "-"), command("fit", "shift+f")];
const outlineCommand = command("outline", "shift+o");
const playCommand = command("play", "alt+space", "p");

/** The commands of drawing in a plane. */
export const planeCommands = (control: Control): Command[] => [
  ...labelCommands(control),
  ...regionCommands,
  ...zoomCommands,
  outlineCommand,
  command("frame", "z"),
  command("finish", "c"),
];

export const maskCommands: Command[] = [
  command("brush", "b"),
  command("eraser", "e"),
  command("fill", "g"),
  command("smaller", "["),
  command("larger", "]"),
];

export const timeCommands = (control: Control): Command[] => [
  ...labelCommands(control),
  ...regionCommands.filter((c) => c.id !== "media.draw" && c.id !== "media.select"),
  ...zoomCommands,
  command("mark_start", "q"),
  command("mark_end", "w"),
];

export const playerCommands: Command[] = [
  playCommand,
  command("slower", "["),
  command("faster", "]"),
  command("back", "a"),
  command("ahead", "x"),
];

/** The commands of listening while one types. */
export const listenCommands: Command[] = [
  { ...command("play", "alt+space"), inText: true },
  { ...command("slower", "alt+["), inText: true },
  { ...command("faster", "alt+]"), inText: true },
  { ...command("back", "alt+,"), inText: true },
  { ...command("ahead", "alt+."), inText: true },
];

export const videoCommands: Command[] = [
  playCommand,
  command("previous_frame", "d"),
  command("next_frame", "f"),
  command("previous_key", "shift+d"),
  command("next_key", "r"),
  command("key", "k"),
  command("out", "o"),
  command("slower", "["),
  command("faster", "]"),
];

export const cloudCommands: Command[] = [
  command("turn_left", "q"),
  command("turn_right", "e"),
  command("fit_height", "t"),
  command("raise", "pageup"),
  command("lower", "pagedown"),
  command("colour", "m"),
];
