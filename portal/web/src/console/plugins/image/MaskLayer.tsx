import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Mask } from "@/records/form";
import { useFormat } from "@/design";
import { useCommands } from "../../keys/Keys";
import { Fields } from "../../media/Fields";
import { regionHandlers } from "../../media/handlers";
import { LabelBar } from "../../media/LabelBar";
import { lookOf, looks } from "../../media/labels";
import { NumberBox } from "../../media/NumberBox";
import { stacked } from "../../media/plane/painter";
import type { Touch } from "../../media/plane/pointer";
import { RegionPanel } from "../../media/RegionPanel";
import { area } from "../../media/shapes/mask";
import { ToolButton, zoomHandlers } from "../../media/Tools";
import { useRegions } from "../../media/useRegions";
import { Brush, columnReader, type BrushMode, type Canvas } from "./brush";
import type { LayerProps } from "./layer";
import { markPainter, maskPainter } from "./paintMasks";

const radii = { min: 0.5, max: 1000 };

/** Paints masks, pixel by pixel. */
export function MaskLayer({ sheet, chosen, before, children, ...props }: LayerProps<Mask>) {
  const { control, readOnly, active } = props;
  const { picture: { size }, viewport, look } = sheet;
  const { t } = useTranslation("media");
  const { number } = useFormat();
  const regions = useRegions<Mask>(props);
  const [mode, setMode] = useState<BrushMode>(readOnly ? "select" : "brush");
  const [radius, setRadius] = useState(() => Math.max(4, Math.round(size.w / 100)));
  const all = useMemo(() => looks(control, before), [control, before]);
  const columnsOf = useMemo(() => columnReader(size), [size]);
  const { selected, guess, label } = regions;
  const visible = useMemo(() => regions.list.filter((m) => !regions.isHidden(m)), [regions]);
  const canvas: Canvas = {
    size, masks: visible, selected, label, mode, radius, readOnly, columnsOf,
    isLocked: regions.isLocked, add: regions.add, update: regions.update, remove: regions.remove, select: regions.select,
    repaint: viewport.repaint,
  };
  const [brush] = useState(() => new Brush(canvas));
  useEffect(() => brush.use(canvas));
  const over = useMemo(() => {
    const layers = visible.map((m) => ({
      look: lookOf(all, m.label),
      thick: !chosen ? 1 : m === selected ? 3 : 2,
      columns: () => (m === selected && brush.columns ? brush.columns : columnsOf(m)),
    }));
    if (!chosen) return maskPainter({ size, masks: layers, opacity: 0, dashed: guess });
    const fresh = { look: lookOf(all, label), thick: 3, columns: () => brush.columns ?? [] };
    const masks = selected ? layers : [...layers, fresh];
    const opacity = look.outline ? 0 : Math.max(look.opacity, 0.05);
    const cursor = mode === "brush" || mode === "eraser" ? radius : 0;
    return stacked(maskPainter({ size, masks, opacity, dashed: guess }), markPainter({ masks, brush, radius: cursor, color: fresh.look.color }));
  }, [visible, all, chosen, selected, brush, columnsOf, label, size, radius, look.outline, look.opacity, guess, mode]);

  const scaleBrush = (by: number) => setRadius((r) => Math.min(Math.max(Math.round(r * by * 2) / 2, radii.min), radii.max));
  const fresh = () => {
    regions.select(undefined);
    setMode("brush");
  };
  useCommands(active, {
    ...regionHandlers(regions, control.labels ?? []),
    ...zoomHandlers(viewport),
    "media.outline": look.toggleOutline,
    "media.draw": fresh,
    "media.select": () => setMode("select"),
    "media.brush": () => setMode("brush"),
    "media.eraser": () => setMode("eraser"),
    "media.fill": () => setMode("fill"),
    "media.finish": () => brush.finish(),
    "media.smaller": () => scaleBrush(0.8),
    "media.larger": () => scaleBrush(1.25),
    "media.unselect": () => (brush.ring.length > 0 ? brush.cancel() : regions.select(undefined)),
  });

  const at = (touch: Touch) => {
    const hit = brush.hit(touch.at);
    return hit && (() => {
      regions.select(hit);
      setMode("select");
      props.onActivate();
    });
  };

  return children({
    control, over, at, tool: brush,
    selects: readOnly || mode === "select",
    labels: <LabelBar looks={all} value={selected?.label ?? label} onChange={regions.setLabel} active={active} disabled={readOnly} />,
    tools: (
      <>
        {!readOnly && (
          <>
            <ToolButton command="draw" icon="plus" onClick={fresh} />
            {(["brush", "eraser", "fill"] as const).map((m) => (
              <ToolButton key={m} command={m} pressed={mode === m} onClick={() => setMode(m)} />
            ))}
          </>
        )}
        <ToolButton command="select" pressed={mode === "select"} onClick={() => setMode("select")} />
      </>
    ),
    settings: !readOnly && <NumberBox label={t("brush_size")} value={radius * 2} step={1} min={1} max={2000} onChange={(n) => setRadius(n / 2)} />,
    panel: (
      <RegionPanel regions={regions} looks={all} describe={(m) => t("area", { n: number(area(m.counts)) })} readOnly={readOnly} model={props.prelabel?.model}>
        {selected && <Fields region={selected} fields={[]} looks={all} disabled={readOnly || regions.isLocked(selected)} onChange={(now) => regions.update(selected, now)} />}
      </RegionPanel>
    ),
  });
}
