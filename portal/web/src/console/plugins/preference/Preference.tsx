import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Keys } from "@/design";
import { useCommands, useKeyOf } from "../../keys/Keys";
import type { PluginProps } from "../../plugin";
import { Data } from "../../view/Data";
import { Guess } from "../../view/Guess";

export const sides = [
  { value: "left", key: "a" },
  { value: "tie", key: "=" },
  { value: "right", key: "b" },
] as const;

/** Which of two is better: both in sight, side by side where there is room. */
export function Preference({ control, item, value, onChange, prelabel, active, readOnly }: PluginProps<"preference">) {
  const { t } = useTranslation("console");
  const keyOf = useKeyOf();
  const name = useId();
  const [left = "", right = ""] = control.options ?? [];
  useCommands(active && !readOnly, Object.fromEntries(sides.map((s) => [`prefer.${s.value}`, () => onChange(s.value)])));
  return (
    <div className="flex flex-col gap-3">
      <div className="grid gap-3 md:grid-cols-2">
        {([["left", left], ["right", right]] as const).map(([side, key]) => (
          <section
            key={side}
            aria-label={t(`preference.${side}Pane`)}
            className={`min-w-0 rounded-lg border-2 p-3 ${value === side ? "border-accent bg-accent-soft" : "border-line"}`}
          >
            <Data value={item.data?.[key]} name={key} />
          </section>
        ))}
      </div>
      <div className="grid grid-cols-[1fr_auto_1fr] gap-2">
        {sides.map((side) => (
          <label
            key={side.value}
            className={`flex min-h-11 cursor-pointer flex-wrap items-center justify-center gap-2 rounded-lg border px-3 text-center font-medium
              has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus
              ${value === side.value ? "border-accent bg-accent text-accent-ink" : "border-line-strong"}
              ${prelabel?.value === side.value ? "border-dashed" : ""}`}
          >
            <input
              type="radio"
              name={name}
              checked={value === side.value}
              disabled={readOnly}
              onChange={() => onChange(side.value)}
              className="sr-only"
            />
            {t(`preference.${side.value}`)}
            {prelabel?.value === side.value && <Guess model={prelabel.model} />}
            {active && <Keys of={keyOf(`prefer.${side.value}`) ?? ""} />}
          </label>
        ))}
      </div>
    </div>
  );
}
