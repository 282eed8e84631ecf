import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Badge, Icon, Tabs } from "@/design";
import { ControlBody, describing, frameId, guessOf, Title, type FrameProps } from "./ControlFrame";

/** Controls drawn on one surface: it is shown once, under a tab for each, and they take turns on it. */
export function ControlGroup({ frames }: { frames: readonly [FrameProps, ...FrameProps[]] }) {
  const { t } = useTranslation("console");
  const id = useId();
  const chosen = useChosen(frames);
  const { name } = chosen.control;
  const tabs = frames.map((frame) => ({ id: frame.control.name, label: <TabLabel {...frame} titleId={frame === chosen ? `${id}-title` : undefined} /> }));
  // In the capture phase: what is pressed inside may give the turn to another control.
  return (
    <div
      id={frameId(chosen.item.id, name)}
      role="group"
      aria-labelledby={`${id}-title`}
      aria-describedby={describing(id, chosen)}
      onFocusCapture={chosen.onActivate}
      onPointerDownCapture={chosen.onActivate}
      className={`min-w-0 border-s-2 ps-3 ${chosen.active ? "border-accent" : "border-transparent"}`}
    >
      <Tabs label={t("form.together")} tabs={tabs} value={name} onChange={(to) => frames.find((frame) => frame.control.name === to)?.onActivate()}>
        <ControlBody {...chosen} id={id} among={frames} />
      </Tabs>
    </div>
  );
}

/** The control in hand: the active one, or the last that was. */
function useChosen(frames: readonly [FrameProps, ...FrameProps[]]): FrameProps {
  const [last, setLast] = useState(frames[0].control.name);
  const chosen = frames.find((frame) => frame.active) ?? frames.find((frame) => frame.control.name === last) ?? frames[0];
  if (chosen.control.name !== last) setLast(chosen.control.name);
  return chosen;
}

/** The title of a control, how much is drawn for it, and what is wrong with that. */
function TabLabel({ titleId, ...frame }: FrameProps & { titleId: string | undefined }) {
  const { t } = useTranslation("console");
  const { control, value, refusal } = frame;
  const guess = guessOf(frame);
  const drawn = value ?? guess?.value;
  const wrong = refusal && t(`refusal.${refusal.reason}`, refusal.values);
  return (
    <span className="flex items-center gap-2 text-start">
      <span id={titleId}>
        <Title control={control} className="w-max max-w-60 whitespace-normal max-sm:flex-col" />
      </span>
      {Array.isArray(drawn) && (
        <Badge tone={guess ? "info" : "plain"}>
          <span aria-hidden="true">{drawn.length}</span>
          <span className="sr-only">{t("form.drawn", { count: drawn.length })}</span>
        </Badge>
      )}
      {wrong && (
        <span title={wrong} className="text-bad">
          <Icon name="alert" />
          <span className="sr-only">{wrong}</span>
        </span>
      )}
    </span>
  );
}
