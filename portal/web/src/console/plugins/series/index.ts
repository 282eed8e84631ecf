import { lazy } from "react";
import { isAbout } from "../../media/asset";
import { timeCommands } from "../../media/commands";
import type { Plugin } from "../../plugin";

/** Intervals of measurements along time. */
export const plugin: Plugin<"interval"> = {
  types: ["interval"],
  serves: (control, item) => isAbout(control, item, "series"),
  Component: lazy(() => import("./SeriesPlugin").then((m) => ({ default: m.SeriesPlugin }))),
  commands: timeCommands,
  phone: true,
};
