import { lazy } from "react";
import { isAbout } from "../../media/asset";
import { maskCommands, planeCommands } from "../../media/commands";
import type { Plugin } from "../../plugin";

/** Boxes, polygons, keypoints and masks on a picture. */
export const plugin: Plugin<"box" | "polygon" | "keypoint" | "mask"> = {
  types: ["box", "polygon", "keypoint", "mask"],
  serves: (control, item) => isAbout(control, item, "image"),
  Component: lazy(() => import("./ImagePlugin").then((m) => ({ default: m.ImagePlugin }))),
  commands: (control) => (control.type === "mask" ? [...planeCommands(control), ...maskCommands] : planeCommands(control)),
  phone: true,
};
