import { lazy } from "react";
import { mediaFor } from "../../media/asset";
import { maskCommands, planeCommands } from "../../media/commands";
import type { Control, Item } from "@/records/form";
import type { Plugin } from "../../plugin";

/** The picture that a control is about. */
function pictureOf(control: Control, item: Item): string | undefined {
  const media = mediaFor(control, item);
  return media?.kind === "image" ? media.asset.cid : undefined;
}

/** Boxes, polygons, keypoints and masks on a picture. */
export const plugin: Plugin<"box" | "polygon" | "keypoint" | "mask"> = {
  types: ["box", "polygon", "keypoint", "mask"],
  serves: (control, item) => pictureOf(control, item) !== undefined,
  surface: pictureOf,
  Component: lazy(() => import("./ImagePlugin").then((m) => ({ default: m.ImagePlugin }))),
  commands: (control) => (control.type === "mask" ? [...planeCommands(control), ...maskCommands] : planeCommands(control)),
  phone: true,
};
