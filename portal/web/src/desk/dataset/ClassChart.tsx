import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, Section, useFormat } from "@/design";
import { classesOf, type ClassCount, type IngredientsLabel } from "./label";

/** How often each label was given, one row of bars per control. */
export function ClassChart({ label }: { label: IngredientsLabel }) {
  const { t } = useTranslation("dataset");
  const controls = classesOf(label);
  if (controls.length === 0) return null;
  return (
    <Section title={t("classes.title")} lead={t("classes.lead")}>
      <div className="grid gap-4 lg:grid-cols-2">
        {controls.map(({ control, classes }) => <Bars key={control} control={control} classes={classes} />)}
      </div>
    </Section>
  );
}

const few = 12;

function Bars({ control, classes }: { control: string; classes: ClassCount[] }) {
  const { t } = useTranslation("dataset");
  const { number, share } = useFormat();
  const [all, setAll] = useState(false);
  const most = Math.max(1, ...classes.map((c) => c.items));
  const sum = Math.max(1, classes.reduce((n, c) => n + c.items, 0));
  return (
    <figure className="rounded-xl border border-line bg-raised p-4">
      {control && <figcaption className="mb-2 font-medium"><bdi>{control}</bdi></figcaption>}
      <ol className="flex flex-col gap-2">
        {(all ? classes : classes.slice(0, few)).map((c) => (
          <li key={c.label}>
            <div className="flex justify-between gap-4">
              <bdi className="min-w-0 truncate" title={c.label}>{c.label}</bdi>
              <span className="shrink-0 text-muted tabular-nums">{number(c.items)} · {share((1e6 * c.items) / sum)}</span>
            </div>
            <div aria-hidden="true" className="h-2 rounded-full bg-sunken">
              <div className="h-full rounded-full bg-accent" style={{ width: `${(100 * c.items) / most}%` }} />
            </div>
          </li>
        ))}
      </ol>
      {classes.length > few && (
        <Button look="quiet" className="mt-2" onClick={() => setAll(!all)}>
          {t(all ? "classes.fewer" : "classes.all", { count: classes.length })}
        </Button>
      )}
    </figure>
  );
}
