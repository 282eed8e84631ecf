import { useTranslation } from "react-i18next";
import { Button, Card, Checkbox, Field, IconButton, NumberInput, Select, TextInput } from "@/design";
import type { Control, ControlType, Form } from "@/records/form";
import { kinds } from "@/records/kind";
import { LabelsEditor } from "./LabelsEditor";

const types = Object.keys(kinds) as ControlType[];

interface Props {
  form: Form;
  /** Keys of what items show. */
  keys: string[];
  onChange: (form: Form) => void;
}

/** A control of a type with what that type must have. */
function fresh(type: ControlType, before: Control): Control {
  const { must, may } = kinds[type];
  const takes = (field: keyof Control) => must.includes(field) || may.includes(field);
  const { name, target, title, hint, required } = before;
  return {
    name, type, target, title, hint, required,
    ...(takes("labels") && { labels: before.labels ?? [{ id: "a" }, { id: "b" }] }),
    ...(must.includes("max") && { max: before.max ?? 5 }),
    ...(takes("options") && { options: before.options ?? [] }),
  };
}

/** Builds a form of controls. */
export function FormEditor({ form, keys, onChange }: Props) {
  const { t } = useTranslation("wizard");
  const { controls } = form;
  const put = (at: number, control: Control) => onChange({ controls: controls.map((c, i) => (i === at ? control : c)) });
  const move = (at: number, by: number) => {
    const next = controls.toSpliced(at, 1);
    next.splice(at + by, 0, controls[at] as Control);
    onChange({ controls: next });
  };
  const add = () => {
    const used = new Set(controls.map((c) => c.name));
    let n = controls.length + 1;
    while (used.has(`field_${n}`)) n++;
    onChange({ controls: [...controls, fresh("choice", { name: `field_${n}`, type: "choice", target: keys[0] })] });
  };
  return (
    <div className="flex flex-col gap-4">
      {controls.map((control, at) => (
        <Card key={at} as="section" aria-label={control.title || control.name} className="flex flex-col gap-4">
          <div className="flex flex-wrap items-center justify-between gap-2">
            <h3 className="font-semibold"><bdi>{control.title || control.name}</bdi></h3>
            <span className="flex gap-1">
              <IconButton icon="sortUp" label={t("form.up")} disabled={at === 0} onClick={() => move(at, -1)} />
              <IconButton icon="sortDown" label={t("form.down")} disabled={at === controls.length - 1} onClick={() => move(at, 1)} />
              <IconButton icon="trash" label={t("form.remove")} onClick={() => onChange({ controls: controls.toSpliced(at, 1) })} />
            </span>
          </div>
          <ControlEditor control={control} keys={keys} onChange={(c) => put(at, c)} />
        </Card>
      ))}
      <div><Button icon="plus" disabled={controls.length >= 16} onClick={add}>{t("form.add")}</Button></div>
    </div>
  );
}

function ControlEditor({ control: c, keys, onChange }: { control: Control; keys: string[]; onChange: (control: Control) => void }) {
  const { t } = useTranslation(["wizard", "market"]);
  const set = (part: Partial<Control>) => onChange({ ...c, ...part });
  const { must, may } = kinds[c.type];
  const takes = (field: keyof Control) => must.includes(field) || may.includes(field);
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
        <Field label={t("form.type")} required>
          <Select value={c.type} onChange={(e) => onChange(fresh(e.target.value as ControlType, c))}>
            {types.map((type) => <option key={type} value={type}>{t(`market:answer.${type}`)}</option>)}
          </Select>
        </Field>
        <Field label={t("form.name")} required>
          <TextInput dir="ltr" value={c.name} maxLength={32} spellCheck={false} onChange={(e) => set({ name: e.target.value.toLowerCase().replace(/[^a-z0-9_]/g, "_") })} />
        </Field>
        <Field label={t("form.title")}><TextInput value={c.title ?? ""} maxLength={200} onChange={(e) => set({ title: e.target.value || undefined })} /></Field>
        <Field label={t("form.target")} plain>
          <Select value={c.target ?? ""} onChange={(e) => set({ target: e.target.value || undefined })}>
            <option value="">{t("form.whole")}</option>
            {[...new Set([...keys, ...(c.target ? [c.target] : [])])].map((key) => <option key={key} value={key}>{key}</option>)}
          </Select>
        </Field>
      </div>
      <Field label={t("form.hint")}><TextInput value={c.hint ?? ""} maxLength={500} onChange={(e) => set({ hint: e.target.value || undefined })} /></Field>
      <Numbers control={c} takes={takes} set={set} />
      {takes("options") && <List label={t("form.options")} hint={t("form.optionsHint", { keys: keys.join(", ") })} value={c.options} onChange={(options) => set({ options })} />}
      {takes("relations") && <List label={t("form.relations")} value={c.relations} onChange={(relations) => set({ relations: relations.length > 0 ? relations : undefined })} />}
      {takes("labels") && <LabelsEditor control={c} onChange={(labels) => set({ labels })} />}
      <Checkbox label={t("form.required")} checked={c.required ?? false} onChange={(required) => set({ required: required || undefined })} />
    </>
  );
}

const numbers = ["min", "max", "step", "decimals", "max_length"] as const;

function Numbers({ control, takes, set }: { control: Control; takes: (field: keyof Control) => boolean; set: (part: Partial<Control>) => void }) {
  const { t } = useTranslation("wizard");
  const shown = numbers.filter(takes);
  if (shown.length === 0 && !takes("unit")) return null;
  return (
    <div className="grid gap-3 sm:grid-cols-3 lg:grid-cols-5">
      {shown.map((field) => (
        <Field key={field} label={t(`form.${field}`)} plain>
          <NumberInput step={1} value={control[field]} onChange={(n) => set({ [field]: n === undefined ? undefined : Math.round(n) })} />
        </Field>
      ))}
      {takes("unit") && <Field label={t("form.unit")} plain><TextInput value={control.unit ?? ""} maxLength={32} onChange={(e) => set({ unit: e.target.value || undefined })} /></Field>}
    </div>
  );
}

function List({ label, hint, value = [], onChange }: { label: string; hint?: string; value?: string[]; onChange: (list: string[]) => void }) {
  return (
    <Field label={label} hint={hint} plain>
      <TextInput defaultValue={value.join(", ")} onBlur={(e) => onChange(e.target.value.split(",").map((s) => s.trim()).filter(Boolean))} />
    </Field>
  );
}
