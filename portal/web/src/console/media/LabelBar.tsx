import { useTranslation } from "react-i18next";
import { Keys, Select } from "@/design";
import { useKeyOf } from "../keys/Keys";
import { inkOn, type Look } from "./labels";

/** From how many classes on a list to choose from is better than buttons. */
const many = 24;

interface LabelBarProps {
  looks: ReadonlyMap<string, Look>;
  value: string;
  onChange: (id: string) => void;
  active: boolean;
  disabled?: boolean;
}

/** The class of the next region and of the selected one. */
export function LabelBar({ looks, value, onChange, active, disabled }: LabelBarProps) {
  const { t } = useTranslation("media");
  const keyOf = useKeyOf();
  const all = [...looks.values()];
  if (all.length > many) {
    return (
      <Select value={value} disabled={disabled} aria-label={t("class")} onChange={(e) => onChange(e.target.value)}>
        {all.map((look) => (
          <option key={look.id} value={look.id}>
            {look.name}
          </option>
        ))}
      </Select>
    );
  }
  return (
    <div role="group" aria-label={t("class")} className="flex flex-wrap gap-1.5">
      {all.map((look, i) => {
        const keys = active ? keyOf(`label.${i}`) : undefined;
        return (
          <button
            key={look.id}
            type="button"
            disabled={disabled}
            aria-pressed={look.id === value}
            onClick={() => onChange(look.id)}
            className="inline-flex min-h-8 cursor-pointer items-center gap-1.5 rounded-lg border border-line-strong bg-raised px-2 text-sm aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:font-semibold pointer-coarse:min-h-11"
          >
            <Mark look={look} />
            <span dir="auto">{look.name}</span>
            {keys && <Keys of={keys} />}
          </button>
        );
      })}
    </div>
  );
}

/** The colour of a class with its first letter, so that neither stands alone. */
export function Mark({ look }: { look: Look }) {
  return (
    <span
      aria-hidden="true"
      className="inline-flex size-5 shrink-0 items-center justify-center rounded text-xs font-bold"
      style={{ background: look.color, color: inkOn(look.color) }}
    >
      {[...look.name][0]?.toLocaleUpperCase()}
    </span>
  );
}
