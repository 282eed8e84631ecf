import { useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton, TextInput } from "@/design";
import { useCommands, useKeyOf } from "../../keys/Keys";
import type { PluginProps } from "../../plugin";
import { Option } from "./Option";
import { branches, inSight } from "./tree";

/** A path down a tree of labels: open branches, or search all of them. */
export function Taxonomy({ control, value, onChange, prelabel, active, readOnly }: PluginProps<"path">) {
  const { t } = useTranslation("console");
  const keyOf = useKeyOf();
  const name = useId();
  const labels = useMemo(() => control.labels ?? [], [control.labels]);
  const all = useMemo(() => branches(labels), [labels]);
  const [search, setSearch] = useState("");
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const open = new Set([...opened, ...(value ?? []), ...(prelabel?.value ?? [])]);

  const toggle = (id: string) => setOpened((before) => new Set(before.has(id) ? [...before].filter((x) => x !== id) : [...before, id]));
  const pathOf = (id: string) => all.find((b) => b.label.id === id)?.path;
  const nameOf = (id: string) => labels.find((l) => l.id === id)?.name ?? id;
  useCommands(active && !readOnly, Object.fromEntries(labels.map((l, i) => [`label.${i}`, () => onChange(pathOf(l.id))])));

  return (
    <div className="flex flex-col gap-1.5">
      <TextInput
        type="search"
        value={search}
        onChange={(e) => setSearch(e.target.value)}
        placeholder={t("choice.search")}
        aria-label={t("choice.search")}
      />
      {value && (
        <p className="text-sm font-medium" aria-live="polite">
          {value.map(nameOf).join(" › ")}
        </p>
      )}
      <ul className="flex max-h-96 flex-col gap-1 overflow-y-auto p-0.5">
        {inSight(all, search, open).map(({ label, path, parent }) => (
          <li key={label.id} className="flex gap-1" style={{ paddingInlineStart: search ? 0 : `${(path.length - 1) * 1.25}rem` }}>
            <Option
              label={search ? { ...label, name: path.map(nameOf).join(" › ") } : label}
              type="radio"
              name={name}
              checked={value?.at(-1) === label.id}
              disabled={readOnly}
              onPick={() => onChange(path)}
              keys={active ? keyOf(`label.${labels.indexOf(label)}`) : undefined}
              guess={prelabel?.value.at(-1) === label.id ? prelabel.model : undefined}
            />
            {parent && !search && (
              <IconButton
                icon={open.has(label.id) ? "down" : "next"}
                label={t("choice.below", { name: label.name ?? label.id })}
                aria-expanded={open.has(label.id)}
                onClick={() => toggle(label.id)}
              />
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
