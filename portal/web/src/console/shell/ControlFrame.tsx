import { useId, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Button, FieldError } from "@/design";
import { plainControl } from "@/records/check";
import type { Control, ControlType, Item, Value } from "@/records/form";
import type { Refusal } from "@/records/refusal";
import { own } from "@/records/own";
import { KeysOf } from "../keys/Keys";
import type { Plugin, PluginProps } from "../plugin";
import { ControlContext } from "./control";

export interface FrameProps {
  control: Control;
  item: Item;
  plugin: Plugin;
  value: Value | undefined;
  refusal?: Refusal;
  active: boolean;
  readOnly: boolean;
  onActivate: () => void;
  onChange: (value: Value | undefined, gesture?: string) => void;
  onAccept: () => void;
  onBroken: () => void;
}

/** Types whose answer may be that there is nothing. */
const empties: Partial<Record<ControlType, Value>> = {
  choices: [], span: { spans: [] }, box: [], polygon: [], keypoint: [], mask: [], interval: [], track: [], cuboid: [],
};

/** What frames a control: its title, hint, guess and error, and the plug-in that answers it. */
export function ControlFrame(props: FrameProps & { compact?: boolean }) {
  const { control, active, compact } = props;
  const id = useId();
  const line = active ? "border-accent" : "border-transparent";
  const lay = compact ? "sm:grid sm:grid-cols-[9rem_1fr] sm:gap-x-3" : "flex flex-col gap-2";
  return (
    <fieldset
      id={frameId(props.item.id, control.name)}
      aria-describedby={describing(id, props)}
      onFocus={props.onActivate}
      onPointerDown={props.onActivate}
      className={`min-w-0 border-s-2 ps-3 ${line} ${lay}`}
    >
      <legend id={`${id}-title`} className={`font-medium ${compact ? "sm:float-start sm:pt-1.5" : ""}`}>
        <Title control={control} />
      </legend>
      <ControlBody {...props} id={id} />
    </fieldset>
  );
}

/** What a control asks, and whether it must be answered. */
export function Title({ control, className = "" }: { control: Control; className?: string }) {
  const { t } = useTranslation("console");
  return (
    <span className={`inline-flex flex-wrap items-baseline gap-x-2 ${className}`}>
      <bdi>{control.title ?? (control.name === plainControl ? t("form.title") : control.name)}</bdi>
      {control.required && <span className="text-sm font-normal text-muted">{t("form.required")}</span>}
    </span>
  );
}

/** The ids of what tells more of a control, in the frame of an id. */
export function describing(id: string, { control, refusal }: FrameProps): string | undefined {
  return [control.hint && `${id}-hint`, refusal && `${id}-error`].filter(Boolean).join(" ") || undefined;
}

/** All of a control but its title; the frame has the title's id. */
export function ControlBody(props: FrameProps & { id: string; among?: readonly FrameProps[] }) {
  const { id, control, item, plugin, refusal, readOnly, among } = props;
  const { t } = useTranslation("console");
  const commands = useMemo(() => plugin.commands(control, item), [plugin, control, item]);
  const ids = {
    id: `${id}-field`,
    "aria-labelledby": `${id}-title`,
    "aria-describedby": describing(id, props),
    "aria-required": control.required || undefined,
  };
  return (
    <div className="flex min-w-0 flex-col gap-2 sm:col-start-2">
      {control.hint && (
        <p id={`${id}-hint`} dir="auto" className="text-sm text-muted">
          {control.hint}
        </p>
      )}
      <ControlContext value={ids}>
        <KeysOf commands={commands}>
          <plugin.Component {...pluginProps(props)} among={among?.map(pluginProps)} />
        </KeysOf>
      </ControlContext>
      {!readOnly && <Offers {...props} />}
      {refusal && <FieldError id={`${id}-error`}>{t(`refusal.${refusal.reason}`, refusal.values)}</FieldError>}
    </div>
  );
}

function pluginProps(props: FrameProps): PluginProps {
  const { control, item, value, onChange, active, onActivate, readOnly, onBroken } = props;
  return { control: control as PluginProps["control"], item, value, onChange, prelabel: guessOf(props), active, onActivate, readOnly, onBroken };
}

/** What a model guessed for a control that was not answered. */
export function guessOf({ control, item, value }: FrameProps): PluginProps["prelabel"] {
  const guess = item.data?.prelabels;
  const guessed = own(guess?.value, control.name);
  if (!guess || guessed === undefined || value !== undefined) return undefined;
  return { model: guess.model, scorePpm: guess.score_ppm, value: guessed };
}

/** What can be done with any control: take over a guess, say that there is nothing, take the answer back. */
function Offers(props: FrameProps) {
  const { control, value, onChange, onAccept } = props;
  const { t } = useTranslation("console");
  const nothing = empties[control.type];
  const guess = guessOf(props);
  return (
    <div className="flex flex-wrap items-center gap-2 empty:hidden">
      {guess && (
        <Button look="secondary" onClick={onAccept} className="border-dashed! border-info! text-info" title={t("guess.by", { model: guess.model })}>
          {t("guess.accept")}
        </Button>
      )}
      {value === undefined && nothing !== undefined && (
        <Button look="quiet" onClick={() => onChange(nothing)}>
          {t(control.type === "choices" ? "form.none" : "form.nothing")}
        </Button>
      )}
      {value !== undefined && nothing !== undefined && isNothing(value) && <p className="text-sm text-muted">{t("form.saidNothing")}</p>}
      {value !== undefined && (
        <Button look="quiet" onClick={() => onChange(undefined)} aria-label={t("form.clearOf", { name: control.title ?? control.name })}>
          {t("form.clear")}
        </Button>
      )}
    </div>
  );
}

function isNothing(value: Value): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === "object" && value.spans.length === 0;
}

export const frameId = (item: string, control: string) => `control-${item}-${control}`;

/** Moves the focus to the first field of a control. */
export function focusControl(item: string, control: string) {
  const frame = document.getElementById(frameId(item, control));
  frame?.scrollIntoView({ block: "center" });
  const field = frame?.querySelector<HTMLElement>(":is(input, textarea, select, button):enabled:not([tabindex='-1']), [tabindex='0']");
  field?.focus({ preventScroll: true });
}
