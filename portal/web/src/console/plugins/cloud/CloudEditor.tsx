import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/design";
import type { Camera, Cuboid } from "@/records/form";
import { useCommands } from "../../keys/Keys";
import { Editor } from "../../media/Editor";
import { Fields } from "../../media/Fields";
import { regionHandlers } from "../../media/handlers";
import { LabelBar } from "../../media/LabelBar";
import { looks } from "../../media/labels";
import { Viewport } from "../../media/plane/viewport";
import { around } from "../../media/plane/geometry";
import { RegionPanel } from "../../media/RegionPanel";
import type { Drawing, Mode } from "../../media/shapes/drawing";
import { Toolbar, ToolButton, ZoomTools, zoomHandlers } from "../../media/Tools";
import { useRegions } from "../../media/useRegions";
import type { PluginProps } from "../../plugin";
import { Colours } from "./Colours";
import type { Shown } from "./load";
import { colourings, type Colouring } from "./scene";
import { count, fitted, nudged, turned } from "./solid";
import { cuboidFields, topPlan } from "./views";
import { Views } from "./Views";

type EditorProps = PluginProps<"cuboid"> & Shown & { cameras: Camera[] };

/** Metres and radians that a key moves, raises and turns by. */
const keySteps = { raise: 0.05, turn: Math.PI / 90 };

/** Draws cuboids around points, from above, and fits them from the sides. */
export function CloudEditor(props: EditorProps) {
  const { control, cloud, scene, cameras, readOnly, active } = props;
  const { t } = useTranslation("media");
  const { number } = useFormat();
  const regions = useRegions<Cuboid>(props);
  const [mode, setMode] = useState<Mode>(readOnly ? "select" : "draw");
  const [colouring, setColouring] = useState<Colouring>("height");
  const [size, setSize] = useState(2);
  const [viewport] = useState(() => new Viewport());
  const [drawings] = useState(() => new Set<Drawing<Cuboid>>());
  const all = useMemo(() => looks(control), [control]);
  const top = useMemo(() => topPlan(cloud), [cloud]);
  const { selected, list, guess } = regions;
  const solids = useMemo(
    () => ({
      cuboids: list.filter((c) => !regions.isHidden(c)), selected, looks: all, dashed: guess,
      edited: () => [...drawings].find((d) => d.edited)?.edited,
    }),
    [list, regions, selected, all, guess, drawings],
  );
  const points = useMemo(() => selected && count(selected, cloud.positions), [selected, cloud]);

  const change = (act: (c: Cuboid) => Cuboid, gesture?: string) => (selected && !readOnly ? () => regions.update(selected, act(selected), gesture) : undefined);
  const fit = change((c) => fitted(c, cloud.positions));
  const tall = (cloud.high[2] - cloud.low[2]) * 1000;
  const add = (c: Cuboid) => {
    const whole = { ...c, z: Math.round((cloud.low[2] + cloud.high[2]) * 500), h: Math.max(1, Math.round(tall)) };
    const fitting = fitted(whole, cloud.positions);
    regions.add(fitting === whole ? c : fitting);
  };
  const copy = (c: Cuboid) => nudged(c, [0, c.w / 1000 + 0.3, 0]);
  const draw = () => {
    regions.select(undefined);
    setMode("draw");
  };
  const nextColour = () => setColouring(colourings[(colourings.indexOf(colouring) + 1) % colourings.length] ?? "height");
  useCommands(active, {
    ...regionHandlers(regions, control.labels ?? [], copy),
    ...zoomHandlers(viewport),
    "media.unselect": () => {
      drawings.forEach((d) => d.cancel());
      regions.select(undefined);
    },
    "media.draw": draw,
    "media.select": () => setMode("select"),
    "media.frame": selected && (() => {
      const { from, w, h } = around(top.shape.outline(selected));
      viewport.frame(from, { w, h });
    }),
    "media.fit_height": fit,
    "media.turn_left": change((c) => turned(c, keySteps.turn), "turn"),
    "media.turn_right": change((c) => turned(c, -keySteps.turn), "turn"),
    "media.raise": change((c) => nudged(c, [0, 0, keySteps.raise]), "raise"),
    "media.lower": change((c) => nudged(c, [0, 0, -keySteps.raise]), "raise"),
    "media.colour": nextColour,
  });

  return (
    <Editor
      tools={
        <>
          <LabelBar looks={all} value={selected?.label ?? regions.label} onChange={regions.setLabel} active={active} disabled={readOnly} />
          <Toolbar label={t("tools")}>
            {!readOnly && <ToolButton command="draw" icon="edit" pressed={mode === "draw"} onClick={draw} />}
            <ToolButton command="select" pressed={mode === "select"} onClick={() => setMode("select")} />
            {!readOnly && <ToolButton command="fit_height" disabled={!fit} onClick={() => fit?.()} />}
            <ZoomTools viewport={viewport} />
            <Colours value={colouring} onChange={setColouring} size={size} onSize={setSize} bright={cloud.intensity.length > 0} />
          </Toolbar>
        </>
      }
      panel={
        <RegionPanel regions={regions} looks={all} describe={(c) => [c.l, c.w, c.h].map((n) => number(n / 1000, { maximumFractionDigits: 2 })).join(" × ")} copy={copy} readOnly={readOnly} model={props.prelabel?.model}>
          {selected && (
            <>
              <p aria-live="polite" className="mb-1 text-sm font-medium">{t("inside", { count: points ?? 0 })}</p>
              <Fields region={selected} fields={cuboidFields} looks={all} disabled={readOnly || regions.isLocked(selected)} onChange={(now, gesture) => regions.update(selected, now, gesture)} />
            </>
          )}
        </RegionPanel>
      }
    >
      <Views cloud={cloud} scene={scene} cameras={cameras} regions={regions} solids={solids} top={top} topViewport={viewport} drawings={drawings} mode={mode} readOnly={readOnly} add={add} colouring={colouring} size={size} />
    </Editor>
  );
}
