import { useTranslation } from "react-i18next";
import { Button, Card, Field, IconButton, Markdown, Section, Select, TextArea, TextInput } from "@/design";
import { ItemView, ValueView } from "../ItemView";
import { itemsOf } from "./draft";
import type { StepProps } from "./step";

/** How to choose, in Markdown, with examples. */
export function GuideStep({ draft, change }: StepProps) {
  const { t } = useTranslation("wizard");
  return (
    <div className="flex flex-col gap-8">
      <div className="grid gap-4 lg:grid-cols-2">
        <Field label={t("guide.text")} hint={t("guide.hint")}>
          <TextArea rows={18} value={draft.guidelines} placeholder={t("guide.template")} onChange={(e) => change({ guidelines: e.target.value })} />
        </Field>
        <section aria-label={t("guide.preview")} className="max-h-120 overflow-y-auto rounded-xl border border-line bg-raised p-4">
          {draft.guidelines ? <Markdown text={draft.guidelines} /> : <p className="text-muted">{t("guide.none")}</p>}
        </section>
      </div>
      <Examples {...{ draft, change }} />
    </div>
  );
}

function Examples({ draft, change }: StepProps) {
  const { t } = useTranslation("wizard");
  const items = itemsOf(draft);
  const known = draft.gold;
  const shown = new Set(draft.examples.map((e) => (e.item as { id: string }).id));
  const unused = items.find((i) => !shown.has(i.id) && !known.some((g) => g.item === i.id));
  const put = (at: number, why: string) => change({ examples: draft.examples.map((e, i) => (i === at ? { ...e, why } : e)) });
  const add = (id: string) => {
    const item = items.find((i) => i.id === id);
    const truth = known.find((g) => g.item === id);
    // What is shown to all proves nothing any more.
    if (item) change({ gold: known.filter((g) => g.item !== id), examples: [...draft.examples, { item, label: truth?.label ?? (draft.kind === "labels" ? draft.labels[0] : undefined), value: truth?.value }] });
  };
  return (
    <Section title={t("examples.title")} lead={t("examples.lead")}>
      <ul className="flex flex-col gap-3">
        {draft.examples.map((example, at) => (
          <Card as="li" key={at} className="flex flex-col gap-3">
            <div className="flex items-start justify-between gap-3">
              <ItemView data={(example.item as { data?: unknown }).data} />
              <IconButton icon="trash" label={t("examples.remove")} onClick={() => change({ examples: draft.examples.toSpliced(at, 1) })} />
            </div>
            {draft.kind === "labels" ? (
              <Field label={t("examples.label")} required>
                <Select value={example.label} onChange={(e) => change({ examples: draft.examples.map((x, i) => (i === at ? { ...x, label: e.target.value } : x)) })}>
                  {draft.labels.map((l) => <option key={l}>{l}</option>)}
                </Select>
              </Field>
            ) : (
              example.value && <ValueView value={example.value} />
            )}
            <Field label={t("examples.why")}><TextInput value={example.why ?? ""} maxLength={2000} onChange={(e) => put(at, e.target.value)} /></Field>
          </Card>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button icon="plus" disabled={!unused || draft.kind !== "labels"} onClick={() => add(unused?.id ?? "")}>{t("examples.add")}</Button>
        {draft.kind === "form" && known.slice(0, 5).map((g) => <Button key={g.item} icon="plus" onClick={() => add(g.item)}>{t("examples.known", { item: g.item })}</Button>)}
      </div>
    </Section>
  );
}
