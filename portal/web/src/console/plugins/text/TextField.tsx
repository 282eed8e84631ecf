import { useTranslation } from "react-i18next";
import { TextArea } from "@/design";
import { codePoints } from "@/records/units";
import type { PluginProps } from "../../plugin";
import { useControlId } from "../../shell/control";

/** What is written; the field grows with it. */
export function TextField({ control, value, onChange, prelabel, readOnly }: PluginProps<"text">) {
  const { t } = useTranslation("console");
  const ids = useControlId();
  const most = control.max_length ?? 0;
  return (
    <div>
      <TextArea
        {...ids}
        rows={3}
        readOnly={readOnly}
        value={value ?? ""}
        placeholder={prelabel?.value}
        onChange={(e) => onChange(e.target.value || undefined, "type")}
        className="field-sizing-content max-h-[50dvh] min-h-20"
      />
      {most > 0 && (
        <p className="text-end text-sm text-muted tabular-nums">
          {t("text.left", { used: codePoints(value ?? ""), most })}
        </p>
      )}
    </div>
  );
}
