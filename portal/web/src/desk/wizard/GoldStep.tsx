import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { pickerFor } from "@/console/plugins";
import { Workbench } from "@/console/shell/Workbench";
import { answerOf, isEmpty } from "@/console/state/entry";
import { entryOf, newWork, type Work } from "@/console/state/history";
import { Button, Field, Loaded, Note, NumberInput, Section, Table, useFormat, type Column } from "@/design";
import { problems } from "@/records/answer";
import { formOf } from "@/records/check";
import type { Item } from "@/records/form";
import { FileButton } from "../FileButton";
import type { TrueAnswer } from "../gold/gold";
import { ValueView } from "../ItemView";
import { itemsOf, specOf, type Draft } from "./draft";
import { GoldFault, readGold } from "./goldTable";
import { problemOf } from "./problem";
import type { StepProps } from "./step";
import { TableFault } from "./table";

/** Items drawn evenly at random. */
function draw(items: readonly Item[], count: number): string[] {
  const ids = items.map((i) => i.id);
  for (let i = ids.length - 1; i > 0; i--) {
    const j = Math.floor((crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32 * (i + 1));
    [ids[i], ids[j]] = [ids[j] as string, ids[i] as string];
  }
  return ids.slice(0, count);
}

/** Items whose true answer the requester knows: marked here, or loaded. */
export function GoldStep({ draft, change }: StepProps) {
  const { t } = useTranslation(["wizard", "console"]);
  const { number } = useFormat();
  const items = itemsOf(draft);
  const suggested = Math.min(items.length, Math.max(draft.offer.minEvidence, Math.round(items.length * 0.05)));
  const [count, setCount] = useState<number | undefined>(suggested);
  const ready = problemOf(draft, t) === undefined;
  const begin = () => {
    const open = items.filter((i) => !draft.gold.some((g) => g.item === i.id));
    const goldItems = draw(open, Math.min(open.length, Math.max(1, count ?? suggested)));
    change({ goldItems, goldWork: newWork(goldItems[0] ?? "") });
  };
  return (
    <div className="flex flex-col gap-6">
      <Note title={t("gold.why")}>{t("gold.whyText", { count: draft.offer.minEvidence })}</Note>
      {!ready && <p className="text-warn">{t("gold.first")}</p>}
      <div className="flex flex-wrap items-end gap-3">
        <Field label={t("gold.count")} plain className="w-40"><NumberInput min={1} max={items.length} step={1} value={count} onChange={setCount} /></Field>
        <Button icon="edit" disabled={!ready || items.length <= draft.gold.length} onClick={begin}>{t("gold.mark")}</Button>
        <Load {...{ draft, change }} disabled={!ready} />
      </div>
      {draft.goldWork && ready && <Marking draft={draft} items={items} change={change} work={draft.goldWork} />}
      {draft.gold.length > 0 && !draft.goldWork && (
        <Section title={t("gold.have", { count: draft.gold.length, n: number(draft.gold.length) })} actions={<Button look="quiet" icon="trash" onClick={() => change({ gold: [] })}>{t("gold.clear")}</Button>}>
          <Answers rows={draft.gold} />
        </Section>
      )}
    </div>
  );
}

function Answers({ rows }: { rows: readonly TrueAnswer[] }) {
  const { t } = useTranslation("wizard");
  const columns: Column<TrueAnswer>[] = [
    { key: "item", header: t("files.id"), cell: (g) => <bdi className="font-mono text-[0.9em]">{g.item}</bdi> },
    { key: "answer", header: t("gold.answer"), cell: (g) => <ValueView value={g.label ?? g.value} /> },
  ];
  return <Table caption={t("gold.answer")} columns={columns} rows={rows.slice(0, 50)} rowKey={(g) => g.item} />;
}

/** The true answers of work; skipped items are no gold. */
function answersOf(draft: Draft, items: readonly Item[], work: Work): TrueAnswer[] {
  const spec = specOf(draft);
  const form = formOf(spec);
  return items.flatMap((item) => {
    const entry = entryOf(work, item.id);
    if (entry.skip || isEmpty(entry.value)) return [];
    if (problems(form, entry.value).length > 0) return [];
    const { label, value } = answerOf(spec, form, item, entry, 1);
    return [{ item: item.id, label, value }];
  });
}

function Marking({ draft, items, change, work }: StepProps & { items: readonly Item[]; work: Work }) {
  const { t } = useTranslation("wizard");
  const spec = specOf(draft);
  const key = JSON.stringify([draft.kind, draft.labels, draft.form]);
  const form = useMemo(() => formOf(spec), [key]); // eslint-disable-line react-hooks/exhaustive-deps -- the key says it all
  const pick = useQuery({ queryKey: ["console", "plugins", form], queryFn: () => pickerFor(form), staleTime: Infinity });
  const chosen = draft.goldItems.flatMap((id) => items.find((i) => i.id === id) ?? []);
  const finish = () => change((d) => ({ gold: [...d.gold, ...answersOf(d, chosen, d.goldWork ?? work)], goldWork: undefined, goldItems: [] }));
  return (
    <section aria-label={t("gold.mark")} className="rounded-xl border border-accent p-4">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
        <p dir="auto" className="text-lg font-medium">{draft.question}</p>
        <Button icon="check" onClick={finish}>{t("gold.finish")}</Button>
      </div>
      <Loaded query={pick}>
        {(picker) => (
          <Workbench
            form={form}
            items={chosen}
            work={work}
            update={(next) => change((d) => ({ goldWork: next(d.goldWork ?? work) }))}
            readOnly={false}
            pick={picker}
            onGuide={() => undefined}
            onComplete={finish}
          />
        )}
      </Loaded>
    </section>
  );
}

function Load({ draft, change, disabled }: StepProps & { disabled: boolean }) {
  const { t } = useTranslation("wizard");
  const [wrong, setWrong] = useState<string>();
  const load = async (file: File) => {
    try {
      const ids = new Set(itemsOf(draft).map((i) => i.id));
      change({ gold: readGold(file.name, await file.text(), ids, specOf(draft)), goldWork: undefined });
      setWrong(undefined);
    } catch (e) {
      if (e instanceof GoldFault) setWrong(t("gold.fault", { line: e.line, what: t(`gold.wrong.${e.reason}`, { value: e.value }) }));
      else if (e instanceof TableFault) setWrong(`${t("table.at", { line: e.line, column: e.column })} ${t(`table.${e.reason}`, { value: e.value })}`);
      else setWrong(String(e));
    }
  };
  if (disabled) return null;
  return (
    <>
      <FileButton accept=".csv,.tsv,.jsonl" onFile={(file) => void load(file)}>{t("gold.load")}</FileButton>
      {wrong && <p role="alert" className="w-full font-medium text-bad">{wrong}</p>}
    </>
  );
}
