import { useEffect, useMemo } from "react";
import { lookOf } from "../../media/labels";
import { Stage } from "../../media/plane/Stage";
import type { Viewport } from "../../media/plane/viewport";
import type { Drawing, Mode } from "../../media/shapes/drawing";
import { shapePainter } from "../../media/shapes/paint";
import { useDrawing } from "../../media/shapes/useDrawing";
import type { Regions } from "../../media/useRegions";
import type { Cuboid } from "@/records/form";
import type { Colouring, Scene } from "./scene";
import type { Solids } from "./paintSolids";
import type { Plan } from "./views";

interface FlatProps {
  plan: Plan;
  /** Between which depths points are shown, in metres toward the viewer. */
  depth: [number, number];
  scene: Scene;
  colouring: Colouring;
  viewport: Viewport;
  regions: Regions<Cuboid>;
  solids: Solids;
  mode: Mode;
  readOnly: boolean;
  add?: (c: Cuboid) => void;
  repaint: () => void;
  /** Tells the drawing tool of this view, whose drags the others show. */
  onDrawing: (drawing: Drawing<Cuboid>) => () => void;
  label: string;
  className: string;
}

/** Centimetres that an arrow moves by. */
const step = 5;

/** A cloud from above or from a side, with the cuboids to be edited. */
export function Flat(props: FlatProps) {
  const { plan, depth, scene, colouring, viewport, regions, solids, readOnly, mode, add, repaint, onDrawing } = props;
  const { drawing, visible } = useDrawing({ shape: plan.shape, size: plan.size, viewport, regions, readOnly, mode, step, add, repaint });
  useEffect(() => onDrawing(drawing), [onDrawing, drawing]);
  const [near, far] = depth;
  const base = useMemo(
    () => (ctx: CanvasRenderingContext2D, view: Viewport["view"], screen: Viewport["screen"], care: "draft" | "fine") => {
      scene.colour(colouring);
      ctx.drawImage(scene.plan(plan, view, screen, care, [near, far]), 0, 0, screen.w, screen.h);
    },
    [scene, colouring, plan, near, far],
  );
  const { selected, label } = regions;
  const over = useMemo(
    () => shapePainter<Cuboid>({
      shape: plan.shape, regions: visible, selected, drawing, edited: solids.edited, opacity: 0.12,
      look: (c) => lookOf(solids.looks, c.label), dashed: () => solids.dashed, color: lookOf(solids.looks, label).color,
    }),
    [plan, visible, selected, drawing, solids, label],
  );
  return <Stage viewport={viewport} size={plan.size} base={base} over={over} tool={drawing} label={props.label} className={props.className} />;
}
