import { useEffect, useMemo, useState } from "react";
import type { Viewport } from "../plane/viewport";
import type { Size } from "../plane/view";
import type { Regions } from "../useRegions";
import { Drawing, type Board, type Mode } from "./drawing";
import type { Shape } from "./shape";

interface DrawingProps<R extends { label: string }> {
  shape: Shape<R>;
  size: Size;
  viewport: Viewport;
  regions: Regions<R>;
  readOnly: boolean;
  mode: Mode;
  step?: number;
  add?: (r: R) => void;
  /** Repaints what else shows the regions. */
  repaint?: () => void;
}

/** The drawing tool of a stage, kept up to date with its regions. */
export function useDrawing<R extends { label: string }>({ shape, size, viewport, regions, readOnly, mode, step = 1, add, repaint }: DrawingProps<R>) {
  const visible = useMemo(() => regions.list.filter((r) => !regions.isHidden(r)), [regions]);
  const board: Board<R> = {
    shape, size, readOnly, mode, step,
    regions: visible,
    selected: regions.selected,
    label: regions.label,
    scale: () => viewport.view.scale,
    isLocked: regions.isLocked,
    add: add ?? regions.add,
    update: regions.update,
    select: regions.select,
    repaint: repaint ?? viewport.repaint,
  };
  const [drawing] = useState(() => new Drawing<R>(board));
  useEffect(() => drawing.use(board));
  return { drawing, visible };
}
