import { useTranslation } from "react-i18next";
import { Select } from "@/design";
import type { Look } from "./labels";
import { NumberBox } from "./NumberBox";
import type { NumberField } from "./shapes/shape";

interface FieldsProps<R extends { label: string }> {
  region: R;
  fields: readonly NumberField<R>[];
  looks: ReadonlyMap<string, Look>;
  disabled: boolean;
  onChange: (now: R, gesture?: string) => void;
}

/** The class and numbers of a region, to be typed. */
export function Fields<R extends { label: string }>({ region, fields, looks, disabled, onChange }: FieldsProps<R>) {
  const { t } = useTranslation("media");
  return (
    <fieldset className="flex flex-col gap-2" disabled={disabled}>
      <legend className="sr-only">{t("fields")}</legend>
      <label className="flex flex-col text-sm">
        <span className="text-muted">{t("class")}</span>
        <Select value={region.label} onChange={(e) => onChange({ ...region, label: e.target.value })}>
          {[...looks.values()].map((look) => (
            <option key={look.id} value={look.id}>
              {look.name}
            </option>
          ))}
        </Select>
      </label>
      <div className="grid grid-cols-2 gap-2">
        {fields.map((field) => (
          <NumberBox
            key={field.name}
            label={t(`field.${field.name}`)}
            value={field.get(region)}
            step={field.step}
            min={field.min}
            onChange={(n) => onChange(field.set(region, n), `field.${field.name}`)}
          />
        ))}
      </div>
    </fieldset>
  );
}
