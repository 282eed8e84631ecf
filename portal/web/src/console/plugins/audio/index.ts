import { lazy } from "react";
import { isAbout } from "../../media/asset";
import { playerCommands, timeCommands } from "../../media/commands";
import type { Plugin } from "../../plugin";

/** Intervals of sound, with what is said in them. */
export const plugin: Plugin<"interval"> = {
  types: ["interval"],
  serves: (control, item) => isAbout(control, item, "audio"),
  Component: lazy(() => import("./AudioPlugin").then((m) => ({ default: m.AudioPlugin }))),
  commands: (control) => [...timeCommands(control), ...playerCommands],
  phone: true,
};
