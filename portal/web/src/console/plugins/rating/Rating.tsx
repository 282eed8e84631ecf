import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { Control } from "@/records/form";
import { Keys } from "@/design";
import { useCommands, useKeyOf } from "../../keys/Keys";
import type { PluginProps } from "../../plugin";

/** Up to this grade each has a button; beyond, one slider serves. */
const mostButtons = 10;

/** The grades that have a button. */
export function grades(control: Control): string[] {
  const max = control.max ?? 5;
  return max > mostButtons ? [] : Array.from({ length: max }, (_, i) => String(i + 1));
}

/** A grade from 1 to the control's max. */
export function Rating(props: PluginProps<"rating">) {
  return grades(props.control).length > 0 ? <Buttons {...props} /> : <Slider {...props} />;
}

function Buttons({ control, value, onChange, prelabel, active, readOnly }: PluginProps<"rating">) {
  const name = useId();
  const keyOf = useKeyOf();
  const all = grades(control);
  useCommands(active && !readOnly, Object.fromEntries(all.map((_, i) => [`label.${i}`, () => onChange(i + 1)])));
  return (
    <div className="flex flex-wrap gap-1.5">
      {all.map((grade, i) => {
        const guess = prelabel?.value === i + 1;
        const line = value === i + 1 ? "border-accent bg-accent text-accent-ink" : guess ? "border-dashed border-info" : "border-line-strong";
        return (
          <label
            key={grade}
            className={`relative flex size-11 cursor-pointer flex-col items-center justify-center rounded-lg border font-medium ${line}
              has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus`}
          >
            <input
              type="radio"
              name={name}
              checked={value === i + 1}
              disabled={readOnly}
              onChange={() => onChange(i + 1)}
              className="absolute inset-0 cursor-pointer opacity-0"
            />
            {grade}
            {active && keyOf(`label.${i}`) !== grade && <Keys of={keyOf(`label.${i}`) ?? ""} />}
          </label>
        );
      })}
    </div>
  );
}

function Slider({ control, value, onChange, readOnly }: PluginProps<"rating">) {
  const { t } = useTranslation("console");
  const max = control.max ?? mostButtons;
  return (
    <div className="flex items-center gap-3">
      <input
        type="range"
        min={1}
        max={max}
        step={1}
        value={value ?? Math.ceil(max / 2)}
        disabled={readOnly}
        aria-valuetext={value === undefined ? t("rating.none") : undefined}
        onChange={(e) => onChange(Number(e.target.value), "slide")}
        className="grow accent-accent"
      />
      <output className="w-16 text-end font-medium tabular-nums">{value ?? "–"} / {max}</output>
    </div>
  );
}
