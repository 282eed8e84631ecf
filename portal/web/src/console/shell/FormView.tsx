import { useTranslation } from "react-i18next";
import type { Problem } from "@/records/answer";
import type { Control, Form, Item, Value } from "@/records/form";
import { own } from "@/records/own";
import { onStage, type Picker } from "../plugins";
import type { Entry } from "../state/entry";
import { Data } from "../view/Data";
import { dataOf, keysShownBy, shownKeys } from "../view/shape";
import { ControlFrame, type FrameProps } from "./ControlFrame";
import { ControlGroup } from "./ControlGroup";
import { groupsOf } from "./groups";

export interface FormViewProps {
  form: Form;
  item: Item;
  entry: Entry;
  pick: Picker;
  /** The control that listens to keys. */
  active: string;
  problems: Problem[];
  readOnly: boolean;
  onActivate: (control: string) => void;
  onChange: (control: string, value: Value | undefined, gesture?: string) => void;
  onAccept: (control: string) => void;
  onBroken: () => void;
}

/** From how many fields on a form that draws nothing stands as rows of a table. */
const compactFrom = 4;

const columns = {
  none: "",
  beside: "lg:grid-cols-[minmax(0,1fr)_minmax(18rem,24rem)]",
  table: "lg:grid-cols-2",
};

/** One item: what it shows in the middle, with the controls drawn on it; the other controls beside it. */
export function FormView(props: FormViewProps) {
  const { form, item } = props;
  const { t } = useTranslation("console");
  const stage = form.controls.filter(onStage);
  const beside = form.controls.filter((c) => !onStage(c));
  const compact = stage.length === 0 && beside.length >= compactFrom;
  const lay = columns[beside.length === 0 ? "none" : compact ? "table" : "beside"];
  return (
    <div className={`grid items-start gap-4 ${lay}`}>
      <section aria-label={t("item.shown")} className="flex min-w-0 flex-col gap-4 rounded-xl border border-line bg-raised p-4">
        <Shown item={item} stage={stage} />
        {groupsOf(stage.map((control) => frameOf(props, control))).map((group) => (
          <Drawn key={group[0].control.name} group={group} />
        ))}
      </section>
      {beside.length > 0 && (
        <section
          aria-label={t("form.title")}
          className="flex min-w-0 flex-col gap-4 rounded-xl border border-line bg-raised p-4 ps-2 lg:sticky lg:top-18 lg:max-h-[calc(100dvh-8.5rem)] lg:overflow-y-auto"
        >
          {beside.map((control) => (
            <ControlFrame key={control.name} {...frameOf(props, control)} compact={compact} />
          ))}
        </section>
      )}
    </div>
  );
}

/** Controls drawn on one surface; most often there is one. */
function Drawn({ group }: { group: [FrameProps, ...FrameProps[]] }) {
  return group.length > 1 ? <ControlGroup frames={group} /> : <ControlFrame {...group[0]} />;
}

function frameOf(props: FormViewProps, control: Control): FrameProps {
  const { item, entry, pick, active, problems, readOnly, onBroken } = props;
  const { name } = control;
  return {
    control, item, readOnly, onBroken,
    plugin: pick(control, item),
    value: own(entry.value, name),
    refusal: problems.find((p) => p.control === name)?.refusal,
    active: active === name,
    onActivate: () => props.onActivate(name),
    onChange: (value, gesture) => props.onChange(name, value, gesture && `${name} ${gesture}`),
    onAccept: () => props.onAccept(name),
  };
}

/** The data of an item that no control shows by itself. */
export function Shown({ item, stage }: { item: Item; stage: Control[] }) {
  const taken = new Set(stage.flatMap((control) => keysShownBy(control, item)));
  const data = dataOf(item);
  const keys = (shownKeys(item).length > 0 ? shownKeys(item) : Object.keys(data)).filter((key) => !taken.has(key));
  if (keys.length === 0) return null;
  if (keys.length === 1) return <Data value={data[keys[0] as string]} name={keys[0] as string} />;
  return (
    <dl className="flex flex-col gap-3">
      {keys.map((key) => (
        <div key={key}>
          <dt className="text-sm text-muted">{key}</dt>
          <dd className="min-w-0">
            <Data value={data[key]} name={key} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
