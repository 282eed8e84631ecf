import type { ReactNode } from "react";
import type { AppearanceState } from "../../media/Appearance";
import type { Picture } from "../../media/picture";
import type { Painter } from "../../media/plane/painter";
import type { Tool, Touch } from "../../media/plane/pointer";
import type { Viewport } from "../../media/plane/viewport";
import type { PluginProps } from "../../plugin";

export type ImageProps = PluginProps<"box" | "polygon" | "keypoint" | "mask">;

/** A picture as it is shown, whichever control is in hand. */
export interface Sheet {
  picture: Picture;
  viewport: Viewport;
  look: AppearanceState;
}

/** One control on a sheet. */
export interface Layer {
  control: ImageProps["control"];
  /** Paints its regions: with all that marks them while it is in hand, else their lines alone. */
  over: Painter;
  tool: Tool;
  /** A press selects what is there; it does not draw. */
  selects: boolean;
  /** Selects its region at a place, and takes the control in hand; undefined: there is none. */
  at: (touch: Touch) => (() => void) | undefined;
  labels: ReactNode;
  tools: ReactNode;
  settings?: ReactNode;
  panel: ReactNode;
}

/** What makes the layer of a control with regions R: the rest of the page is drawn with it. */
export type LayerProps<R> = Omit<ImageProps, "value" | "onChange" | "prelabel" | "among"> & {
  value: R[] | undefined;
  onChange: (value: R[] | undefined, gesture?: string) => void;
  prelabel?: { model: string; value: R[] };
  sheet: Sheet;
  chosen: boolean;
  /** How many classes the controls before it have. */
  before: number;
  children: (layer: Layer) => ReactNode;
};
