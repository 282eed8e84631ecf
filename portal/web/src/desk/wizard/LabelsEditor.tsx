import { useTranslation } from "react-i18next";
import { Button, FieldError, IconButton, Select, TextInput } from "@/design";
import type { Control, Label } from "@/records/form";
import { clashingHotkeys } from "./hotkeys";

const colors = ["#1c5592", "#a3221c", "#1b6b2f", "#7a5200", "#0f5e57", "#6b3fa0", "#b0437f", "#4d5d62"];
const cell = "min-h-(--row) rounded-lg border border-line-strong bg-raised px-2";

/** The labels of a control: id, name, colour, key, and what it lies under. */
export function LabelsEditor({ control, onChange }: { control: Control; onChange: (labels: Label[]) => void }) {
  const { t } = useTranslation("wizard");
  const labels = control.labels ?? [];
  const put = (at: number, part: Partial<Label>) => onChange(labels.map((l, i) => (i === at ? { ...l, ...part } : l)));
  const clashing = clashingHotkeys(control);
  const deep = control.type === "path";
  const add = () => {
    let n = labels.length + 1;
    while (labels.some((l) => l.id === `label_${n}`)) n++;
    onChange([...labels, { id: `label_${n}`, color: colors[labels.length % colors.length] }]);
  };
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="font-medium">{t("labels.title")}</legend>
      <ul className="flex flex-col gap-2">
        {labels.map((label, at) => (
          <li key={at} className="flex flex-wrap items-center gap-2">
            <input type="color" aria-label={t("labels.color")} value={label.color ?? colors[at % colors.length]} onChange={(e) => put(at, { color: e.target.value })} className="size-10 cursor-pointer rounded-lg border border-line-strong bg-raised p-1" />
            <TextInput aria-label={t("labels.id")} placeholder={t("labels.id")} value={label.id} maxLength={64} onChange={(e) => put(at, { id: e.target.value })} className="w-36!" />
            <TextInput aria-label={t("labels.name")} placeholder={t("labels.name")} value={label.name ?? ""} maxLength={200} onChange={(e) => put(at, { name: e.target.value || undefined })} className="grow basis-32 sm:w-auto!" />
            <input
              aria-label={t("labels.hotkey")}
              placeholder={t("labels.hotkey")}
              value={label.hotkey ?? ""}
              maxLength={12}
              aria-invalid={label.hotkey !== undefined && clashing.includes(label.hotkey)}
              onChange={(e) => put(at, { hotkey: e.target.value || undefined })}
              className={`${cell} w-20 font-mono aria-invalid:border-2 aria-invalid:border-bad`}
            />
            {deep && (
              <Select aria-label={t("labels.parent")} value={label.parent ?? ""} onChange={(e) => put(at, { parent: e.target.value || undefined })} className="w-36!">
                <option value="">{t("labels.top")}</option>
                {labels.slice(0, at).map((l) => <option key={l.id} value={l.id}>{l.name ?? l.id}</option>)}
              </Select>
            )}
            <IconButton icon="trash" label={t("labels.remove", { name: label.name ?? label.id })} onClick={() => onChange(labels.toSpliced(at, 1))} />
          </li>
        ))}
      </ul>
      {clashing.length > 0 && <FieldError>{t("problem.hotkey", { key: clashing[0] })}</FieldError>}
      <div><Button look="quiet" icon="plus" disabled={labels.length >= 1000} onClick={add}>{t("labels.add")}</Button></div>
    </fieldset>
  );
}
