import type { Tool, Touch } from "../../media/plane/pointer";
import type { Layer } from "./layer";

type Reach = Pick<Layer, "tool" | "selects" | "at">;

/** The tool of the layer in hand; where it selects and nothing of its own is there, it reaches the regions of the others. */
export function reaching(layer: Reach, others: readonly Reach[]): Tool {
  const { tool } = layer;
  const beyond = (touch: Touch) => {
    if (!layer.selects || layer.at(touch)) return undefined;
    return others.map((other) => other.at(touch)).findLast((select) => select !== undefined);
  };
  return {
    press: (touch) => {
      const held = tool.press(touch);
      if (!held) beyond(touch)?.();
      return held;
    },
    drag: (touch) => tool.drag(touch),
    release: (touch) => tool.release(touch),
    cancel: () => tool.cancel(),
    hover: (touch) => {
      const cursor = tool.hover(touch);
      return cursor === "grab" && beyond(touch) ? "pointer" : cursor;
    },
    tap: (touch) => {
      tool.tap(touch);
      beyond(touch)?.();
    },
    double: () => tool.double(),
    nudge: (way, how) => tool.nudge(way, how),
    back: () => tool.back(),
  };
}
