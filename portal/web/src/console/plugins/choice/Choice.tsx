import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { TextInput } from "@/design";
import { compareText } from "@/records/spell";
import { useCommands, useKeyOf } from "../../keys/Keys";
import type { PluginProps } from "../../plugin";
import { Option } from "./Option";
import { Taxonomy } from "./Taxonomy";
import { matches } from "./tree";

type Props = PluginProps<"choice" | "choices" | "path">;

/** From how many labels on a search field helps. */
const many = 12;

/** One of the labels, some of them, or a path down a tree of them. */
export function Choice(props: Props) {
  if (props.control.type === "path") return <Taxonomy {...(props as PluginProps<"path">)} />;
  return <Flat {...props} />;
}

function Flat({ control, value, onChange, prelabel, active, readOnly }: Props) {
  const { t } = useTranslation("console");
  const keyOf = useKeyOf();
  const name = useId();
  const [search, setSearch] = useState("");
  const single = control.type === "choice";
  const chosen = (single ? [value] : (value ?? [])) as (string | undefined)[];
  const guessed = prelabel ? [prelabel.value].flat() : [];
  const labels = control.labels ?? [];

  const pick = (id: string) => {
    if (single) return onChange(id);
    const others = (chosen as string[]).filter((c) => c !== id);
    onChange(chosen.includes(id) ? others : [...others, id].sort(compareText));
  };
  useCommands(active && !readOnly, Object.fromEntries(labels.map((l, i) => [`label.${i}`, () => pick(l.id)])));

  return (
    <div className="flex flex-col gap-1.5">
      {labels.length > many && (
        <TextInput
          type="search"
          value={search}
          onChange={(e) => setSearch(e.target.value)}
          placeholder={t("choice.search")}
          aria-label={t("choice.search")}
        />
      )}
      <div className={`grid gap-1.5 ${labels.length > many ? "max-h-96 overflow-y-auto p-0.5" : ""}`}>
        {labels.map((label, i) =>
          search && !matches(label, search) ? null : (
            <Option
              key={label.id}
              label={label}
              type={single ? "radio" : "checkbox"}
              name={name}
              checked={chosen.includes(label.id)}
              disabled={readOnly}
              onPick={() => pick(label.id)}
              keys={active ? keyOf(`label.${i}`) : undefined}
              guess={guessed.includes(label.id) ? prelabel?.model : undefined}
            />
          ),
        )}
      </div>
    </div>
  );
}
