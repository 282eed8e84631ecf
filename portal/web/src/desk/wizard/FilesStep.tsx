import { useState, type DragEvent } from "react";
import { useTranslation } from "react-i18next";
import { Fault } from "@/api/error";
import { ask } from "@/console/media/ask";
import { Button, ErrorNote, Icon, Meter, Note, Section, Table, useFormat, type Column } from "@/design";
import type { Item } from "@/records/form";
import { FileButton } from "../FileButton";
import { ItemView } from "../ItemView";
import { itemsOf } from "./draft";
import type { StepProps } from "./step";
import { isTable, type TableFault } from "./table";
import type { TableAnswer } from "./table.worker";
import { useUploads } from "./useUploads";

const accept = ".csv,.tsv,.jsonl,.ndjson,.txt,.zip,.pcd,.ply,.bin,image/*,audio/*,video/*";

function readFile(file: File): Promise<TableAnswer> {
  const worker = new Worker(new URL("./table.worker.ts", import.meta.url), { type: "module" });
  return ask<File, TableAnswer>(worker, file, new AbortController().signal);
}

/** What is asked about: a table, files, or a table that names files. */
export function FilesStep({ draft, change }: StepProps) {
  const { t } = useTranslation("wizard");
  const [fault, setFault] = useState<Extract<TableAnswer, { fault: unknown }>["fault"] & { name: string }>();
  const [reading, setReading] = useState(false);
  const [over, setOver] = useState(false);
  const uploads = useUploads(draft.id, (kept) => change((d) => ({ files: [...d.files.filter((f) => !kept.some((k) => k.name === f.name)), ...kept] })));
  const take = async (file: File) => {
    if (!isTable(file.name)) return uploads.add(file);
    setReading(true);
    setFault(undefined);
    const answer = await readFile(file).finally(() => setReading(false));
    if ("items" in answer) change({ table: answer.items, tableName: file.name, gold: [], goldItems: [], goldWork: undefined });
    else setFault({ ...answer.fault, name: file.name });
  };
  const drop = (e: DragEvent) => {
    e.preventDefault();
    setOver(false);
    for (const file of e.dataTransfer.files) void take(file);
  };
  const items = itemsOf(draft);
  return (
    <div className="flex flex-col gap-6">
      <div
        onDragOver={(e) => {
          e.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={`flex flex-col items-center gap-3 rounded-xl border-2 border-dashed px-6 py-10 text-center ${over ? "border-accent bg-accent-soft" : "border-line-strong"}`}
      >
        <Icon name="upload" className="text-3xl text-accent" />
        <p className="font-medium">{t("files.drop")}</p>
        <p className="max-w-prose text-muted">{t("files.kinds")}</p>
        <FileButton accept={accept} multiple onFile={(file) => void take(file)}>{t("files.choose")}</FileButton>
        {reading && <p role="status">{t("files.reading")}</p>}
      </div>
      {fault && (
        <Note tone="bad" title={t("table.title", { name: fault.name })}>
          {t("table.at", { line: fault.line, column: fault.column })} {t(`table.${fault.reason}` satisfies `table.${TableFault["reason"]}`, { value: fault.value })}
        </Note>
      )}
      <Running uploads={uploads} />
      {items.length > 0 && <Preview items={items} {...{ draft, change }} />}
    </div>
  );
}

/** Sending the same file again would change nothing. */
const refused = (error: unknown) => error instanceof Fault && error.kind === "invalid";

function Running({ uploads }: { uploads: ReturnType<typeof useUploads> }) {
  const { t } = useTranslation("wizard");
  const { bytes, share } = useFormat();
  if (uploads.list.length === 0) return null;
  return (
    <Section title={t("files.uploads")}>
      <ul className="flex flex-col gap-2">
        {uploads.list.map((u) => (
          <li key={u.name} className="flex flex-col items-stretch gap-2 rounded-lg border border-line bg-raised p-3">
            <div className="flex flex-wrap justify-between gap-3">
              <bdi>{u.file.name}</bdi>
              <span className="text-muted tabular-nums">{bytes(u.file.size)} · {share(1e6 * u.done, 0)}</span>
            </div>
            {u.error === undefined ? <Meter label={u.file.name} value={u.done} max={1} text={share(1e6 * u.done, 0)} /> : (
              <>
                <ErrorNote error={u.error} onRetry={refused(u.error) ? undefined : () => uploads.retry(u.name)} />
                <Button look="quiet" icon="trash" className="self-start" onClick={() => uploads.drop(u.name)}>{t("files.dropOne")}</Button>
              </>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

const shownItems = 8;

function Preview({ items, draft, change }: StepProps & { items: Item[] }) {
  const { t } = useTranslation("wizard");
  const { number } = useFormat();
  const columns: Column<Item>[] = [
    { key: "id", header: t("files.id"), cell: (i) => <bdi className="font-mono text-[0.9em]">{i.id}</bdi> },
    { key: "data", header: t("files.shows"), cell: (i) => <ItemView data={i.data} /> },
  ];
  const clear = () => change({ table: [], tableName: "", files: [], gold: [], goldItems: [], goldWork: undefined });
  return (
    <Section
      title={t("files.items", { count: items.length, n: number(items.length) })}
      lead={draft.tableName && draft.files.length === 0 ? <bdi>{draft.tableName}</bdi> : draft.tableName ? t("files.from", { name: draft.tableName, count: draft.files.length }) : t("files.fromFiles", { count: draft.files.length })}
      actions={<Button look="quiet" icon="trash" onClick={clear}>{t("files.clear")}</Button>}
    >
      <Table caption={t("files.preview")} columns={columns} rows={items.slice(0, shownItems)} rowKey={(i) => i.id} />
      {items.length > shownItems && <p className="text-muted">{t("files.more", { n: number(items.length - shownItems) })}</p>}
    </Section>
  );
}
