import { useState } from "react";
import { useTranslation } from "react-i18next";
import { post } from "@/api/client";
import { Preview } from "@/console/preview/Preview";
import { Button, Dialog, ErrorNote, Field, Note, RadioGroup, Section, TextArea, TextInput } from "@/design";
import type { Form } from "@/records/form";
import { FileButton } from "../FileButton";
import { itemsOf, keysOf, specOf } from "./draft";
import { FormEditor } from "./FormEditor";
import { problemOf } from "./problem";
import type { StepProps } from "./step";

/** What is asked: one of some labels, or a form. */
export function AskStep({ draft, change }: StepProps) {
  const { t } = useTranslation(["wizard", "console"]);
  const [trying, setTrying] = useState(false);
  const items = itemsOf(draft);
  const problem = problemOf(draft, t);
  return (
    <div className="flex flex-col gap-6">
      <Field label={t("ask.question")} hint={t("ask.questionHint")} required>
        <TextInput value={draft.question} maxLength={1000} onChange={(e) => change({ question: e.target.value })} />
      </Field>
      <RadioGroup
        label={t("ask.kind")}
        value={draft.kind}
        onChange={(kind) => change({ kind, gold: [], goldWork: undefined })}
        options={[
          { value: "labels", label: t("ask.labels"), hint: t("ask.labelsHint") },
          { value: "form", label: t("ask.form"), hint: t("ask.formHint") },
        ]}
      />
      {draft.kind === "labels" ? <Labels {...{ draft, change }} /> : (
        <>
          <LabelStudio onRead={(form, ignored) => change({ form, ignored, gold: [], goldWork: undefined })} />
          {draft.ignored.length > 0 && (
            <Note tone="warn" title={t("ls.ignored", { count: draft.ignored.length })}>
              <ul className="list-disc ps-5">{draft.ignored.slice(0, 30).map((what) => <li key={what}><code dir="ltr">{what}</code></li>)}</ul>
            </Note>
          )}
          <FormEditor form={draft.form} keys={keysOf(items)} onChange={(form) => change({ form })} />
        </>
      )}
      <div><Button icon="play" disabled={problem !== undefined || items.length === 0} onClick={() => setTrying(true)}>{t("ask.try")}</Button></div>
      <Dialog open={trying} onOpenChange={setTrying} title={t("ask.try")} lead={t("ask.tryLead")} wide>
        {trying && <Preview spec={specOf(draft)} items={items.slice(0, 5)} />}
      </Dialog>
    </div>
  );
}

function Labels({ draft, change }: StepProps) {
  const { t } = useTranslation("wizard");
  return (
    <Field label={t("ask.labels")} hint={t("ask.labelsLines")} required>
      <TextArea rows={6} defaultValue={draft.labels.join("\n")} onChange={(e) => change({ labels: e.target.value.split("\n").map((l) => l.trim()).filter(Boolean), gold: [] })} />
    </Field>
  );
}

function LabelStudio({ onRead }: { onRead: (form: Form, ignored: string[]) => void }) {
  const { t } = useTranslation("wizard");
  const [xml, setXml] = useState("");
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const read = (text: string) => {
    setBusy(true);
    setError(undefined);
    post<{ form: Form; ignored: string[] }>("/api/v1/forms", { label_studio: text })
      .then(({ form, ignored }) => onRead(form, ignored), setError)
      .finally(() => setBusy(false));
  };
  return (
    <details>
      <summary className="min-h-6 cursor-pointer font-medium">{t("ls.title")}</summary>
      <Section title="" className="mt-2">
        <Field label={t("ls.xml")} hint={t("ls.hint")} plain>
          <TextArea dir="ltr" rows={8} spellCheck={false} className="font-mono text-sm" value={xml} onChange={(e) => setXml(e.target.value)} />
        </Field>
        <div className="flex flex-wrap gap-2">
          <Button busy={busy} disabled={xml.trim() === ""} onClick={() => read(xml)}>{t("ls.take")}</Button>
          <FileButton accept=".xml" onFile={(file) => void file.text().then((text) => {
            setXml(text);
            read(text);
          })}>{t("ls.file")}</FileButton>
        </div>
        {error !== undefined && <ErrorNote error={error} />}
      </Section>
    </details>
  );
}
