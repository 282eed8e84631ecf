import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button, Field, Select, TextInput, useFormat } from "@/design";
import { answerTypes, countFilters, modalities, noFilters, states, type Filters } from "./filters";

/** Languages that tasks are often in; any other can be typed into the address bar. */
const common = ["ar", "bn", "de", "en", "es", "fa", "fr", "hi", "id", "it", "ja", "ko", "pl", "pt", "ru", "sw", "tr", "uk", "ur", "vi", "zh"];

interface Props {
  filters: Filters;
  onChange: (change: Partial<Filters>) => void;
}

/** All filters; each takes effect at once. */
export function FilterPanel({ filters, onChange }: Props) {
  const { t } = useTranslation("market");
  const { language } = useFormat();
  const tags = common.includes(filters.language) || !filters.language ? common : [filters.language, ...common];
  return (
    <div className="flex flex-col gap-4">
      <Pick name="state" {...{ filters, onChange }} options={states.map((v) => [v, t(`state.${v}`)])} />
      <Pick name="modality" any {...{ filters, onChange }} options={modalities.map((v) => [v, t(`modality.${v}`)])} />
      <Pick name="answer_type" any {...{ filters, onChange }} options={answerTypes.map((v) => [v, t(`answer.${v}`)])} />
      <Pick name="language" any {...{ filters, onChange }} options={tags.map((v) => [v, language(v)])} />
      <Type name="skill" {...{ filters, onChange }} />
      <Type name="pay" unit="ALY" {...{ filters, onChange }} />
      <Type name="hourly" unit="ALY" {...{ filters, onChange }} />
      <Type name="minutes" unit={t("unit.minutes")} {...{ filters, onChange }} />
      <Pick name="within" any {...{ filters, onChange }} options={["1", "24", "72", "168"].map((v) => [v, t(`within.${v}`)])} />
      <Pick name="overturned" any {...{ filters, onChange }} options={["0", "5", "20"].map((v) => [v, t(`overturnedAtMost.${v}`)])} />
      {countFilters(filters) > 0 && (
        <Button icon="close" onClick={() => onChange({ ...noFilters, q: filters.q, sort: filters.sort })}>
          {t("clear")}
        </Button>
      )}
    </div>
  );
}

function Pick({ name, any, options, filters, onChange }: Props & { name: keyof Filters; any?: boolean; options: [string, ReactNode][] }) {
  const { t } = useTranslation("market");
  return (
    <Field label={t(`filter.${name}`)} plain>
      <Select value={filters[name]} onChange={(e) => onChange({ [name]: e.target.value })}>
        {any && <option value="">{t("any")}</option>}
        {options.map(([value, label]) => (
          <option key={value} value={value}>{label}</option>
        ))}
      </Select>
    </Field>
  );
}

function Type({ name, unit, filters, onChange }: Props & { name: keyof Filters; unit?: string }) {
  const { t } = useTranslation("market");
  return (
    <Field label={t(`filter.${name}`) + (unit ? ` (${unit})` : "")} plain>
      <TextInput
        key={filters[name]}
        inputMode={unit ? "decimal" : "text"}
        maxLength={unit ? 12 : 64}
        defaultValue={filters[name]}
        onBlur={(e) => onChange({ [name]: e.target.value })}
        onKeyDown={(e) => {
          if (e.key === "Enter") onChange({ [name]: e.currentTarget.value });
        }}
      />
    </Field>
  );
}
