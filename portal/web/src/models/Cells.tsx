import { useTranslation } from "react-i18next";
import type { ModelDetail } from "@/api/model";
import { Field, Select, TextArea, TextInput } from "@/design";

interface Column { name: string; values?: string[] }

interface CellsProps {
  model: ModelDetail;
  cells: string[];
  onChange: (cells: string[]) => void;
}

/** The item in the words of the model's encoder: a text, numbers, or a row of a table. */
export function Cells({ model, cells, onChange }: CellsProps) {
  const { t } = useTranslation("models");
  const set = (i: number, value: string) => onChange(model.fields.map((_, k) => (k === i ? value : (cells[k] ?? ""))));
  const columns = ((model.encoder as { columns?: Column[] } | null)?.columns ?? []) as Column[];
  if (columns.length === 0) {
    const vector = model.fields[0] === "vector";
    return (
      <Field label={t(vector ? "cells.vector" : "cells.text")} hint={vector ? t("cells.vectorHint") : undefined} required>
        <TextArea value={cells[0] ?? ""} maxLength={100_000} onChange={(e) => set(0, e.target.value)} />
      </Field>
    );
  }
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {columns.map((column, i) => (
        <Field key={column.name} label={<bdi>{column.name}</bdi>} plain>
          {column.values ? (
            <Select value={cells[i] ?? ""} onChange={(e) => set(i, e.target.value)}>
              <option value="">{t("cells.missing")}</option>
              {column.values.map((value) => (
                <option key={value}>{value}</option>
              ))}
            </Select>
          ) : (
            <TextInput inputMode="decimal" value={cells[i] ?? ""} placeholder={t("cells.missing")} onChange={(e) => set(i, e.target.value)} />
          )}
        </Field>
      ))}
    </div>
  );
}

/** The names of a model's classes; of a regression none. */
export function classesOf(model: ModelDetail): string[] {
  if (model.classes === 1) return [];
  return Array.from({ length: model.classes }, (_, i) => model.labels[i] ?? String(i));
}
