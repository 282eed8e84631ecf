import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Control, Form, Item } from "@/records/form";
import { own } from "@/records/own";
import type { Picker } from "../plugins";
import { withValue } from "../state/entry";
import { entryOf, show, type Work } from "../state/history";
import { ControlFrame } from "./ControlFrame";
import { Shown } from "./FormView";
import type { Bench } from "./useBench";

/** Whether many items at once can be answered: one choice or rating each. */
export function takesBulk(form: Form): boolean {
  const [only, ...more] = form.controls;
  return more.length === 0 && ["choice", "choices", "rating"].includes(only?.type ?? "");
}

interface BulkProps {
  form: Form;
  items: Item[];
  work: Work;
  bench: Bench;
  pick: Picker;
  readOnly: boolean;
  update: (change: (work: Work) => Work) => void;
}

/** All items of the page side by side; keys act on the one in hand. */
export function BulkView({ form, items, ...props }: BulkProps) {
  const { t } = useTranslation("console");
  const control = form.controls[0] as Control;
  return (
    <ol aria-label={t("bulk.title")} className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,18rem),1fr))] gap-3">
      {items.map((item, i) => (
        <BulkCard key={item.id} control={control} item={item} number={i + 1} {...props} />
      ))}
    </ol>
  );
}

function BulkCard({ control, item, number, work, bench, pick, readOnly, update }: Omit<BulkProps, "form" | "items"> & { control: Control; item: Item; number: number }) {
  const { t } = useTranslation("console");
  const ref = useRef<HTMLLIElement>(null);
  const active = bench.item.id === item.id;
  const entry = entryOf(work, item.id);
  useEffect(() => {
    if (active) ref.current?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    <li
      ref={ref}
      aria-current={active || undefined}
      className={`flex flex-col gap-3 rounded-xl border-2 bg-raised p-3 ${active ? "border-accent" : "border-line"}`}
    >
      <p className="text-sm text-muted">
        {number}
        {entry.skip && ` · ${t("skip.skipped", { reason: t(`skip.reason.${entry.skip}`) })}`}
      </p>
      <div className="max-h-60 overflow-y-auto">
        <Shown item={item} stage={[]} />
      </div>
      <ControlFrame
        control={control}
        item={item}
        plugin={pick(control, item)}
        value={own(entry.value, control.name)}
        active={active}
        readOnly={readOnly || entry.skip !== undefined}
        onActivate={() => update((w) => show(w, item.id))}
        onChange={(value, gesture) => bench.set(withValue(entry, control.name, value), gesture, item.id)}
        onAccept={() => bench.accept()}
        onBroken={() => undefined}
      />
    </li>
  );
}
