import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FieldError, TextInput } from "@/design";
import { rangeOf } from "@/records/plain";
import type { PluginProps } from "../../plugin";
import { useControlId } from "../../shell/control";
import { formatDecimal, parseDecimal } from "./decimal";

/** A number with its unit; arrow keys go by the control's step. */
export function NumberField({ control, value, onChange, prelabel, readOnly }: PluginProps<"number">) {
  const { t } = useTranslation("console");
  const ids = useControlId();
  const decimals = control.decimals ?? 0;
  const shown = value === undefined ? "" : formatDecimal(value, decimals);
  const [typed, setTyped] = useState<string>();
  const wrong = typed !== undefined && typed.trim() !== "" && parseDecimal(typed, decimals) === undefined;

  const take = (text: string) => {
    setTyped(text);
    onChange(parseDecimal(text, decimals), "type");
  };
  const step = (by: number) => {
    const [low, high] = rangeOf(control);
    const next = (value ?? control.min ?? 0) + by * (control.step || 10 ** decimals);
    setTyped(undefined);
    onChange(Math.min(high, Math.max(low, next)), "step");
  };
  return (
    <div>
      <div className="flex items-center gap-2">
        <TextInput
          {...ids}
          inputMode="decimal"
          dir="ltr"
          autoComplete="off"
          readOnly={readOnly}
          value={typed ?? shown}
          placeholder={prelabel && formatDecimal(prelabel.value, decimals)}
          aria-invalid={wrong || undefined}
          onChange={(e) => take(e.target.value)}
          onBlur={() => setTyped(undefined)}
          onKeyDown={(e) => {
            if (e.key !== "ArrowUp" && e.key !== "ArrowDown") return;
            e.preventDefault();
            if (!readOnly) step(e.key === "ArrowUp" ? 1 : -1);
          }}
          className="max-w-48 text-end tabular-nums"
        />
        {control.unit && <span dir="auto">{control.unit}</span>}
      </div>
      {wrong && <FieldError>{t("number.wrong", { count: decimals })}</FieldError>}
    </div>
  );
}
