import { useMemo, useState } from "react";
import type { Polygon } from "@/records/form";
import { useCommands } from "../../keys/Keys";
import { Fields } from "../../media/Fields";
import { regionHandlers } from "../../media/handlers";
import { LabelBar } from "../../media/LabelBar";
import { lookOf, looks, type Look } from "../../media/labels";
import { around } from "../../media/plane/geometry";
import type { Touch } from "../../media/plane/pointer";
import { RegionPanel } from "../../media/RegionPanel";
import type { Mode } from "../../media/shapes/drawing";
import { quietPainter, shapePainter } from "../../media/shapes/paint";
import type { Shape } from "../../media/shapes/shape";
import { useDrawing } from "../../media/shapes/useDrawing";
import { ToolButton, zoomHandlers } from "../../media/Tools";
import { useRegions, type Regions } from "../../media/useRegions";
import type { LayerProps } from "./layer";
import { Points } from "./Points";

const pixels = (n: number) => Math.round(n);

/** Draws and edits regions of one shape on a picture. */
export function ShapeLayer<R extends { label: string }>({ shape, sheet, chosen, before, children, ...props }: LayerProps<R> & { shape: Shape<R> }) {
  const { control, readOnly, active } = props;
  const { picture, viewport, look } = sheet;
  const regions = useRegions<R>(props);
  const [mode, setMode] = useState<Mode>(readOnly ? "select" : "draw");
  const all = useMemo(() => looks(control, before), [control, before]);
  const { drawing, visible } = useDrawing({ shape, size: picture.size, viewport, regions, readOnly, mode });
  const { selected, guess, label } = regions;
  const over = useMemo(() => {
    const lines = { shape, regions: visible, look: (r: R) => lookOf(all, r.label), dashed: () => guess };
    return chosen ? shapePainter<R>({ ...lines, selected, drawing, opacity: look.opacity, color: lookOf(all, label).color }) : quietPainter<R>(lines);
  }, [shape, visible, chosen, selected, drawing, look.opacity, all, guess, label]);

  const copy = (r: R) => shape.move(r, { x: 12 / viewport.view.scale, y: 12 / viewport.view.scale });
  const extent = (r: R) => around(shape.outline(r));
  const describe = (r: R) => {
    const { from, w, h } = extent(r);
    return shape.points === 1 ? `${pixels(from.x)}, ${pixels(from.y)}` : `${pixels(w)} × ${pixels(h)}`;
  };
  const select = () => {
    drawing.cancel();
    setMode("select");
  };
  const draw = () => {
    regions.select(undefined);
    setMode("draw");
  };
  const unselect = () => {
    if (drawing.points.length > 0) drawing.cancel();
    else regions.select(undefined);
  };

  useCommands(active, {
    ...regionHandlers(regions, control.labels ?? [], copy),
    ...zoomHandlers(viewport),
    "media.unselect": unselect,
    "media.draw": draw,
    "media.select": select,
    "media.finish": () => drawing.finish(),
    "media.outline": look.toggleOutline,
    "media.frame": selected && (() => {
      const { from, w, h } = extent(selected);
      viewport.frame(from, { w, h });
    }),
  });

  const at = (touch: Touch) => {
    const hit = drawing.hit(touch);
    return hit && (() => {
      regions.select(hit);
      select();
      props.onActivate();
    });
  };

  return children({
    control, over, at, tool: drawing,
    selects: readOnly || mode === "select",
    labels: <LabelBar looks={all} value={selected?.label ?? label} onChange={regions.setLabel} active={active} disabled={readOnly} />,
    tools: (
      <>
        {!readOnly && <ToolButton command="draw" icon="edit" pressed={mode === "draw"} onClick={draw} />}
        <ToolButton command="select" pressed={mode === "select"} onClick={select} />
        {shape.points === Infinity && !readOnly && <ToolButton command="finish" icon="check" onClick={() => drawing.finish()} />}
      </>
    ),
    panel: (
      <RegionPanel regions={regions} looks={all} describe={describe} copy={copy} readOnly={readOnly} model={props.prelabel?.model}>
        <Selected regions={regions} shape={shape} looks={all} readOnly={readOnly} />
      </RegionPanel>
    ),
  });
}

interface SelectedProps<R extends { label: string }> {
  regions: Regions<R>;
  shape: Shape<R>;
  looks: ReadonlyMap<string, Look>;
  readOnly: boolean;
}

const isPolygon = (r: object): r is Polygon => "points" in r;

/** The numbers of the selected region. */
function Selected<R extends { label: string }>({ regions, shape, looks, readOnly }: SelectedProps<R>) {
  const { selected } = regions;
  if (!selected) return null;
  const disabled = readOnly || regions.isLocked(selected);
  return (
    <>
      <Fields region={selected} fields={shape.fields} looks={looks} disabled={disabled} onChange={(now, gesture) => regions.update(selected, now, gesture)} />
      {isPolygon(selected) && (
        <Points key={regions.list.indexOf(selected)} region={selected} disabled={disabled} onChange={(now) => regions.update(selected, { ...selected, ...now })} />
      )}
    </>
  );
}
