import { lazy } from "react";
import { isAbout } from "../../media/asset";
import { cloudCommands, planeCommands } from "../../media/commands";
import type { Plugin } from "../../plugin";

/** Cuboids in a cloud of points. */
export const plugin: Plugin<"cuboid"> = {
  types: ["cuboid"],
  serves: (control, item) => isAbout(control, item, "cloud"),
  Component: lazy(() => import("./CloudPlugin").then((m) => ({ default: m.CloudPlugin }))),
  commands: (control) => [...planeCommands(control).filter((c) => c.id !== "media.finish" && c.id !== "media.outline"), ...cloudCommands],
  phone: false,
};
