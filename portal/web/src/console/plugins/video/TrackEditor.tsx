import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Track } from "@/records/form";
import { useCommands } from "../../keys/Keys";
import { AppearanceTools, useAppearance } from "../../media/Appearance";
import { Editor } from "../../media/Editor";
import { Fields } from "../../media/Fields";
import { regionHandlers } from "../../media/handlers";
import { LabelBar } from "../../media/LabelBar";
import { lookOf, looks, type Look } from "../../media/labels";
import { around } from "../../media/plane/geometry";
import { Stage } from "../../media/plane/Stage";
import { Viewport } from "../../media/plane/viewport";
import { RegionPanel } from "../../media/RegionPanel";
import type { Mode } from "../../media/shapes/drawing";
import { shapePainter } from "../../media/shapes/paint";
import type { NumberField } from "../../media/shapes/shape";
import { useDrawing } from "../../media/shapes/useDrawing";
import { rulerHeight } from "../../media/time/paint";
import { TimeStage } from "../../media/time/TimeStage";
import { timeZoomHandlers } from "../../media/time/timeview";
import { Toolbar, ToolButton, ZoomTools } from "../../media/Tools";
import { useRegions, type Regions } from "../../media/useRegions";
import type { PluginProps } from "../../plugin";
import { actions, filmHandlers } from "./actions";
import type { Film } from "./film";
import { FilmTools } from "./FilmTools";
import { filmPainter } from "./paintFilm";
import { keyPainter, scrubbing, trackRow } from "./keys";
import { at, type At } from "./track";
import { trackShape } from "./trackShape";
import { useFilm } from "./useFilm";

/** Rows of tracks on the timeline before it scrolls. */
const mostRows = 8;

type EditorProps = PluginProps<"track"> & { film: Film; name: string | undefined };

/** Draws boxes on frames and follows them through a film. */
export function TrackEditor(props: EditorProps) {
  const { control, film, readOnly, active, name } = props;
  const { t } = useTranslation("media");
  const regions = useRegions<Track>(props);
  const look = useAppearance();
  const [mode, setMode] = useState<Mode>(readOnly ? "select" : "draw");
  const [viewport] = useState(() => new Viewport());
  const all = useMemo(() => looks(control), [control]);
  const run = useFilm(film, viewport);
  const { frame, view } = run;
  const shape = useMemo(() => trackShape(frame), [frame]);
  const here = useMemo(() => only(regions, (track) => at(track, frame) !== undefined), [regions, frame]);
  const { drawing, visible } = useDrawing({ shape, size: film.size, viewport, regions: here, readOnly, mode });
  const { selected, guess, label, list } = regions;
  const base = useMemo(() => filmPainter(film), [film]);
  const over = useMemo(
    () => shapePainter<Track>({
      shape, regions: visible, selected, drawing, opacity: look.opacity,
      look: (r) => lookOf(all, r.label), color: lookOf(all, label).color,
      dashed: (r) => guess || at(r, frame)?.out === true,
      note: (r) => noteOf(at(r, frame), t("outside")),
    }),
    [shape, visible, selected, drawing, look.opacity, all, guess, label, frame, t],
  );
  const unit = useMemo(() => ({ text: (n: number) => String(Math.round(n)), scale: 1, nudge: 1, name: "" }), []);
  const keys = useMemo(
    () => keyPainter({ tracks: list, selected, look: (id) => lookOf(all, id), last: film.length - 1, unit }),
    [list, selected, all, film, unit],
  );
  const act = actions(run, regions);
  const copy = (r: Track) => shape.move(r, { x: 12 / viewport.view.scale, y: 12 / viewport.view.scale });
  const draw = () => {
    regions.select(undefined);
    setMode("draw");
  };
  useCommands(active, {
    ...regionHandlers(regions, control.labels ?? [], copy),
    "media.zoom_in": () => viewport.zoom(1.4),
    "media.zoom_out": () => viewport.zoom(1 / 1.4),
    "media.fit": () => {
      viewport.fit();
      timeZoomHandlers(view)["media.fit"]();
    },
    "media.draw": draw,
    "media.select": () => setMode("select"),
    "media.unselect": () => (drawing.points.length > 0 ? drawing.cancel() : regions.select(undefined)),
    "media.outline": look.toggleOutline,
    "media.frame": selected && (() => {
      const { from, w, h } = around(shape.outline(selected));
      viewport.frame(from, { w, h });
    }),
    ...filmHandlers(run, act, readOnly),
  });
  const now = selected && at(selected, frame);

  return (
    <Editor
      tools={
        <>
          <LabelBar looks={all} value={selected?.label ?? label} onChange={regions.setLabel} active={active} disabled={readOnly} />
          <Toolbar label={t("tools")}>
            {!readOnly && <ToolButton command="draw" icon="edit" pressed={mode === "draw"} onClick={draw} />}
            <ToolButton command="select" pressed={mode === "select"} onClick={() => setMode("select")} />
            <ToolButton command="outline" pressed={look.outline} onClick={look.toggleOutline} />
            <ZoomTools viewport={viewport} />
          </Toolbar>
        </>
      }
      panel={
        <TrackPanel regions={regions} looks={all} fields={now ? shape.fields : []} copy={now && copy} readOnly={readOnly} model={props.prelabel?.model} />
      }
    >
      <Stage viewport={viewport} size={film.size} base={base} over={over} tool={drawing} label={t("stage.video", { name: name ?? control.title ?? control.name })} filter={look.filter} className="h-[min(56dvh,40rem)] min-h-64" />
      <FilmTools run={run} act={act} last={film.length - 1} now={now} readOnly={readOnly} />
      <div className="overflow-y-auto" style={{ maxHeight: rulerHeight + mostRows * trackRow + 4 }}>
        <TimeStage
          view={view}
          over={keys}
          tool={scrubbing({ tracks: list, select: regions.select, seek: run.seek, step: act.step })}
          label={t("timeline.video", { name: name ?? control.title ?? control.name })}
          height={rulerHeight + Math.max(list.length, 1) * trackRow + 2}
        />
      </div>
      <AppearanceTools look={look} />
    </Editor>
  );
}

/** The same regions, of which some are not to be seen. */
function only(regions: Regions<Track>, seen: (track: Track) => boolean): Regions<Track> {
  return { ...regions, isHidden: (r) => !seen(r) || regions.isHidden(r) };
}

/** Marks a keyframe, and what is out of sight. */
const noteOf = (now: At | undefined, outside: string) => (now?.out ? outside : now?.key ? "◆" : "");

interface TrackPanelProps {
  regions: Regions<Track>;
  looks: ReadonlyMap<string, Look>;
  fields: readonly NumberField<Track>[];
  copy: ((track: Track) => Track) | undefined;
  readOnly: boolean;
  model: string | undefined;
}

/** The list of tracks, and the box of the selected one at this frame. */
function TrackPanel({ regions, looks, fields, copy, readOnly, model }: TrackPanelProps) {
  const { t } = useTranslation("media");
  const { selected } = regions;
  const describe = (r: Track) => t("keyframes", { count: r.frames.length, from: r.frames[0]?.f });
  return (
    <RegionPanel regions={regions} looks={looks} describe={describe} copy={copy} readOnly={readOnly} model={model}>
      {selected && (
        <Fields region={selected} fields={fields} looks={looks} disabled={readOnly || regions.isLocked(selected)} onChange={(next, gesture) => regions.update(selected, next, gesture)} />
      )}
    </RegionPanel>
  );
}
