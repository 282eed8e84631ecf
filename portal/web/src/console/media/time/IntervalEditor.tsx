import { useEffect, useMemo, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button, Field, TextArea } from "@/design";
import type { Interval } from "@/records/form";
import { useCommands } from "../../keys/Keys";
import type { Handlers } from "../../keys/dispatch";
import type { PluginProps } from "../../plugin";
import { Editor } from "../Editor";
import { Fields } from "../Fields";
import { regionHandlers } from "../handlers";
import { LabelBar } from "../LabelBar";
import { lookOf, looks } from "../labels";
import { RegionPanel } from "../RegionPanel";
import type { NumberField } from "../shapes/shape";
import { Toolbar, ToolButton } from "../Tools";
import { useRegions } from "../useRegions";
import { between, byTime } from "./interval";
import { Marking } from "./marking";
import { intervalPainter } from "./paint";
import type { PaintTime } from "./painter";
import { TimeStage } from "./TimeStage";
import { timeZoomHandlers, type TimeView } from "./timeview";
import type { TimeUnit } from "./unit";

type IntervalEditorProps = PluginProps<"interval"> & {
  view: TimeView;
  unit: TimeUnit;
  base?: PaintTime;
  label: string;
  height: number;
  inset?: number;
  /** Moves what plays; absent: nothing does. */
  onSeek?: (time: number) => void;
  /** Tools of the player, and what its commands do. */
  player?: ReactNode;
  handlers?: Handlers;
  /** Whether what is said in an interval is asked for. */
  spoken: boolean;
  /** What lies under the marks, where base does not paint it. */
  children?: ReactNode;
};

/** Marks intervals on a recording: of sound or of measurements. */
export function IntervalEditor(props: IntervalEditorProps) {
  const { control, view, unit, readOnly, active, onSeek, spoken } = props;
  const { t } = useTranslation("media");
  const regions = useRegions<Interval>(props, byTime);
  const all = useMemo(() => looks(control), [control]);
  const { selected, guess, label, list } = regions;
  const visible = useMemo(() => list.filter((r) => !regions.isHidden(r)), [list, regions]);
  const seek = onSeek ?? view.seek;
  const sheet = {
    view, readOnly, label, selected, seek, intervals: visible, nudge: unit.nudge,
    isLocked: regions.isLocked, add: regions.add, update: regions.update, select: regions.select,
  };
  const [marking] = useState(() => new Marking(sheet));
  useEffect(() => marking.use(sheet));
  const over = useMemo(
    () => intervalPainter({ intervals: visible, selected, look: (id) => lookOf(all, id), dashed: guess, marking, unit }),
    [visible, selected, all, guess, marking, unit],
  );
  const fields = useMemo(() => fieldsOf(view, unit), [view, unit]);
  const copy = (r: Interval) => between(r.label, r.end, 2 * r.end - r.start, view.all);
  const step = (view.all.to - view.all.from) / 1000;
  const describe = (r: Interval) => `${unit.text(r.start, step)} – ${unit.text(r.end, step)}${r.text ? ` ${r.text}` : ""}`;

  useCommands(active, {
    ...regionHandlers(regions, control.labels ?? [], copy),
    ...timeZoomHandlers(view),
    "media.mark_start": readOnly ? undefined : () => marking.begin(),
    "media.mark_end": readOnly ? undefined : () => marking.end(),
    ...props.handlers,
  });

  return (
    <Editor
      tools={
        <>
          <LabelBar looks={all} value={selected?.label ?? label} onChange={regions.setLabel} active={active} disabled={readOnly} />
          <Toolbar label={t("tools")}>
            {props.player}
            {!readOnly && (
              <>
                <ToolButton command="mark_start" onClick={() => marking.begin()} />
                <ToolButton command="mark_end" onClick={() => marking.end()} />
              </>
            )}
            <TimeZoom view={view} />
          </Toolbar>
        </>
      }
      panel={
        <RegionPanel regions={regions} looks={all} describe={describe} copy={copy} readOnly={readOnly} model={props.prelabel?.model}>
          {selected && (
            <Fields region={selected} fields={fields} looks={all} disabled={readOnly || regions.isLocked(selected)} onChange={(now, gesture) => regions.update(selected, now, gesture)} />
          )}
          {selected && spoken && (
            <Field plain label={t("field.text")} className="mt-2 text-sm">
              <TextArea
                rows={3}
                disabled={readOnly || regions.isLocked(selected)}
                value={selected.text ?? ""}
                onChange={(e) => regions.update(selected, withText(selected, e.target.value), "text")}
              />
            </Field>
          )}
        </RegionPanel>
      }
    >
      <TimeStage view={view} base={props.base} over={over} tool={marking} label={props.label} height={props.height} inset={props.inset}>
        {props.children}
      </TimeStage>
    </Editor>
  );
}

const withText = ({ label, start, end }: Interval, text: string): Interval => ({ label, start, end, ...(text !== "" && { text }) });

/** Start and end, as numbers in the unit that people type. An end before the start counts for nothing: it may be the first digit of a later one. */
function fieldsOf({ all }: TimeView, unit: TimeUnit): NumberField<Interval>[] {
  const made = (r: Interval, start: number, end: number): Interval => (start > end ? r : { ...r, ...between(r.label, start, end, all) });
  return [
    { name: "start", step: unit.nudge / unit.scale, get: (r) => r.start / unit.scale, set: (r, v) => made(r, v * unit.scale, r.end) },
    { name: "end", step: unit.nudge / unit.scale, get: (r) => r.end / unit.scale, set: (r, v) => made(r, r.start, v * unit.scale) },
  ];
}

/** Zoom along time. */
export function TimeZoom({ view }: { view: TimeView }) {
  const { t } = useTranslation("media");
  return (
    <span role="group" aria-label={t("zoom")} className="inline-flex items-center rounded-lg border border-line-strong">
      <Button look="quiet" icon="minus" aria-label={t("command.zoom_out")} className="min-h-8! pointer-coarse:min-h-11! px-2!" onClick={() => view.zoom(1 / 1.5)} />
      <Button look="quiet" icon="plus" aria-label={t("command.zoom_in")} className="min-h-8! pointer-coarse:min-h-11! px-2!" onClick={() => view.zoom(1.5)} />
      <Button look="quiet" className="min-h-8! pointer-coarse:min-h-11! px-2! text-sm" title={t("command.fit")} onClick={view.whole}>
        {t("tool.fit")}
      </Button>
    </span>
  );
}
