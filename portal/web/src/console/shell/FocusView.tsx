import { useLayoutEffect } from "react";
import { useTranslation } from "react-i18next";
import { FieldError, Note } from "@/design";
import type { Form } from "@/records/form";
import type { Picker } from "../plugins";
import { FormView } from "./FormView";
import type { Bench } from "./useBench";

/** The id of what frames the item in view. */
export const itemFrame = "console-item";

/** One item at a time. */
export function FocusView({ form, bench, pick, readOnly, onBroken }: { form: Form; bench: Bench; pick: Picker; readOnly: boolean; onBroken: () => void }) {
  const { t } = useTranslation("console");
  const { item, entry, problems } = bench;
  useShownMark(item.id);
  const whole = problems.find((p) => p.control === "");
  return (
    <div id={itemFrame} tabIndex={-1} aria-label={t("progress.item", { at: bench.index + 1, count: bench.standings.length })} role="group" className="flex flex-col gap-3 outline-none">
      {entry.skip && (
        <Note tone="warn" title={t("skip.skipped", { reason: t(`skip.reason.${entry.skip}`) })}>
          {entry.note}
        </Note>
      )}
      {whole && <FieldError>{t(`refusal.${whole.refusal.reason}`, whole.refusal.values)}</FieldError>}
      <FormView
        key={item.id}
        form={form}
        item={item}
        entry={entry}
        pick={pick}
        active={bench.active}
        problems={problems}
        readOnly={readOnly || entry.skip !== undefined}
        onActivate={bench.setActive}
        onChange={bench.setValue}
        onAccept={bench.accept}
        onBroken={onBroken}
      />
    </div>
  );
}

/** Measures from leaving an item until the next is painted: performance entries "console:item". */
function useShownMark(item: string) {
  useLayoutEffect(() => {
    const frame = requestAnimationFrame(() => {
      if (performance.getEntriesByName("console:leave").length === 0) return;
      performance.measure("console:item", "console:leave");
      performance.clearMarks("console:leave");
    });
    return () => cancelAnimationFrame(frame);
  }, [item]);
}
