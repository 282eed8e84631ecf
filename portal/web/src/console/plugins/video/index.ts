import { lazy } from "react";
import { isAbout } from "../../media/asset";
import { planeCommands, videoCommands } from "../../media/commands";
import type { Plugin } from "../../plugin";

/** Boxes that move through a video. */
export const plugin: Plugin<"track"> = {
  types: ["track"],
  serves: (control, item) => isAbout(control, item, "video", "frames"),
  Component: lazy(() => import("./VideoPlugin").then((m) => ({ default: m.VideoPlugin }))),
  commands: (control) => [...planeCommands(control).filter((c) => c.id !== "media.finish"), ...videoCommands],
  phone: true,
};
