import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Field, TextArea } from "@/design";
import type { Polygon } from "@/records/form";
import { parsePoints, spellPoints } from "../../media/shapes/polygon";

/** The corners of a polygon as lines of text: x, y. */
export function Points({ region, disabled, onChange }: { region: Polygon; disabled: boolean; onChange: (now: Polygon) => void }) {
  const { t } = useTranslation("media");
  const [typed, setTyped] = useState<string>();
  const wrong = typed !== undefined && !parsePoints(typed);
  const leave = () => {
    const points = typed !== undefined && parsePoints(typed);
    if (points) onChange({ ...region, points });
    if (points || typed === undefined) setTyped(undefined);
  };
  return (
    <Field plain label={t("points")} hint={t("points_hint")} error={wrong && t("points_wrong")} className="mt-2 text-sm">
      <TextArea dir="ltr" rows={4} className="font-mono text-xs" disabled={disabled} value={typed ?? spellPoints(region)} onChange={(e) => setTyped(e.target.value)} onBlur={leave} />
    </Field>
  );
}
