import type { FrameProps } from "./ControlFrame";

type Drawn = Pick<FrameProps, "control" | "item" | "plugin">;

/** Controls in their order, those drawn on the same surface together where the first of them stands. */
export function groupsOf<F extends Drawn>(frames: readonly F[]): [F, ...F[]][] {
  const groups: [F, ...F[]][] = [];
  for (const frame of frames) {
    const on = surfaceOf(frame);
    const group = on === undefined ? undefined : groups.find(([first]) => first.plugin === frame.plugin && surfaceOf(first) === on);
    if (group) group.push(frame);
    else groups.push([frame]);
  }
  return groups;
}

const surfaceOf = ({ plugin, control, item }: Drawn) => plugin.surface?.(control, item);
