import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Mask } from "@/records/form";
import { useFormat } from "@/design";
import { useCommands } from "../../keys/Keys";
import { AppearanceTools, useAppearance } from "../../media/Appearance";
import { Editor, stageHeight } from "../../media/Editor";
import { Fields } from "../../media/Fields";
import { regionHandlers } from "../../media/handlers";
import { LabelBar } from "../../media/LabelBar";
import { lookOf, looks } from "../../media/labels";
import { NumberBox } from "../../media/NumberBox";
import { picturePainter } from "../../media/picture";
import { Stage } from "../../media/plane/Stage";
import { Viewport } from "../../media/plane/viewport";
import { RegionPanel } from "../../media/RegionPanel";
import { area } from "../../media/shapes/mask";
import { Toolbar, ToolButton, ZoomTools, zoomHandlers } from "../../media/Tools";
import { useRegions } from "../../media/useRegions";
import { Brush, columnReader, type BrushMode, type Canvas } from "./brush";
import type { EditorProps } from "./ImagePlugin";
import { maskPainter } from "./paintMasks";

const radii = { min: 0.5, max: 1000 };

/** Paints masks, pixel by pixel. */
export function MaskEditor(props: EditorProps<Mask>) {
  const { control, picture, readOnly, active, name } = props;
  const { t } = useTranslation("media");
  const { number } = useFormat();
  const regions = useRegions<Mask>(props);
  const look = useAppearance();
  const [mode, setMode] = useState<BrushMode>(readOnly ? "select" : "brush");
  const [radius, setRadius] = useState(() => Math.max(4, Math.round(picture.size.w / 100)));
  const [viewport] = useState(() => new Viewport());
  const all = useMemo(() => looks(control), [control]);
  const columnsOf = useMemo(() => columnReader(picture.size), [picture.size]);
  const { selected, guess, label } = regions;
  const visible = useMemo(() => regions.list.filter((m) => !regions.isHidden(m)), [regions]);
  const canvas: Canvas = {
    size: picture.size, masks: visible, selected, label, mode, radius, readOnly, columnsOf,
    isLocked: regions.isLocked, add: regions.add, update: regions.update, remove: regions.remove, select: regions.select,
    repaint: viewport.repaint,
  };
  const [brush] = useState(() => new Brush(canvas));
  useEffect(() => brush.use(canvas));
  const base = useMemo(() => picturePainter(picture), [picture]);
  const color = lookOf(all, label).color;
  const over = useMemo(() => {
    const layers = visible.map((m) => ({
      look: lookOf(all, m.label),
      selected: m === selected,
      columns: () => (m === selected && brush.columns ? brush.columns : columnsOf(m)),
    }));
    const fresh = { look: lookOf(all, label), selected: true, columns: () => brush.columns ?? [] };
    return maskPainter({
      size: picture.size, masks: selected ? layers : [...layers, fresh], brush, radius, color,
      opacity: look.outline ? 0 : Math.max(look.opacity, 0.05), dashed: guess, cursor: mode === "brush" || mode === "eraser",
    });
  }, [visible, all, selected, brush, columnsOf, label, picture.size, radius, color, look.outline, look.opacity, guess, mode]);

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

  return (
    <Editor
      tools={
        <>
          <LabelBar looks={all} value={selected?.label ?? label} onChange={regions.setLabel} active={active} disabled={readOnly} />
          <Toolbar label={t("tools")}>
            {!readOnly && (
              <>
                <ToolButton command="draw" icon="plus" onClick={fresh} />
                {(["brush", "eraser", "fill"] as const).map((m) => (
                  <ToolButton key={m} command={m} pressed={mode === m} onClick={() => setMode(m)} />
                ))}
              </>
            )}
            <ToolButton command="select" pressed={mode === "select"} onClick={() => setMode("select")} />
            <ToolButton command="outline" pressed={look.outline} onClick={look.toggleOutline} />
            <ZoomTools viewport={viewport} />
          </Toolbar>
        </>
      }
      panel={
        <RegionPanel regions={regions} looks={all} describe={(m) => t("area", { n: number(area(m.counts)) })} readOnly={readOnly} model={props.prelabel?.model}>
          {selected && <Fields region={selected} fields={[]} looks={all} disabled={readOnly || regions.isLocked(selected)} onChange={(now) => regions.update(selected, now)} />}
        </RegionPanel>
      }
    >
      <Stage viewport={viewport} size={picture.size} base={base} over={over} tool={brush} label={t("stage.mask", { name: name ?? control.title ?? control.name })} filter={look.filter} className={stageHeight} />
      <div className="flex flex-wrap items-end gap-4">
        {!readOnly && <NumberBox label={t("brush_size")} value={radius * 2} step={1} min={1} max={2000} onChange={(n) => setRadius(n / 2)} />}
        <AppearanceTools look={look} />
      </div>
    </Editor>
  );
}
