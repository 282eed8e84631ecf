import { MsgReviseGuidelinesSchema } from "@gen/proto/alaya/market/v1/tx_pb";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { putBlob } from "@/api/work";
import { Changes } from "@/console/guide/Changes";
import { Cid, EmptyState, Field, Markdown, Note, Section, Table, TextArea, TextInput, Time, type Column } from "@/design";
import type { Spec } from "@/records/form";
import { message } from "@/wallet";
import { SendButton } from "../parts";
import { encodeSpec } from "../spec";
import type { PartProps } from "./props";

type Version = PartProps["request"]["guidelines"][number];

/** The guidelines in force, their history, and a new version with what it changes. */
export function Guidelines({ request, mine }: PartProps) {
  const { t } = useTranslation("desk");
  const spec = request.spec as Spec | null;
  const columns: Column<Version>[] = [
    { key: "version", header: t("guide.version"), cell: (v) => v.version, align: "end" },
    { key: "at", header: t("guide.since"), cell: (v) => <Time at={v.at} absolute /> },
    { key: "spec", header: t("guide.text"), cell: (v) => <Cid of={v.spec} /> },
  ];
  const over = ["closed", "cancelled", "expired"].includes(request.state);
  return (
    <div className="flex flex-col gap-8">
      <Section title={t("guide.versions")}>
        <Table caption={t("guide.versions")} columns={columns} rows={request.guidelines} rowKey={(v) => String(v.version)} />
      </Section>
      {!spec && <EmptyState title={t("guide.missing")} />}
      {spec && mine && !over && <Revise key={request.guidelines.length} request={request.id} spec={spec} />}
      {spec && (!mine || over) && <Markdown text={spec.guidelines ?? ""} />}
    </div>
  );
}

function Revise({ request, spec }: { request: string; spec: Spec }) {
  const { t } = useTranslation("desk");
  const [question, setQuestion] = useState(spec.question);
  const [text, setText] = useState(spec.guidelines ?? "");
  const next: Spec = { ...spec, question, guidelines: text || undefined };
  const same = question === spec.question && text === (spec.guidelines ?? "");
  const make = async () => message(MsgReviseGuidelinesSchema, { request, spec: await putBlob(encodeSpec(next)) });
  return (
    <Section title={t("guide.revise")} lead={t("guide.reviseLead")}>
      <Field label={t("guide.question")} required><TextInput value={question} maxLength={1000} onChange={(e) => setQuestion(e.target.value)} /></Field>
      <div className="grid gap-4 lg:grid-cols-2">
        <Field label={t("guide.text")} hint={t("guide.markdown")} required>
          <TextArea rows={16} value={text} onChange={(e) => setText(e.target.value)} />
        </Field>
        <div className="flex flex-col gap-4">
          <section aria-label={t("guide.preview")} className="max-h-96 overflow-y-auto rounded-xl border border-line bg-raised p-4"><Markdown text={text} /></section>
          {!same && <Changes before={spec} after={next} />}
        </div>
      </div>
      <Note>{t("guide.effect")}</Note>
      <div className="flex flex-wrap gap-2">
        <SendButton request={request} look="primary" disabled={same || question.trim() === ""} make={make}>{t("guide.publish")}</SendButton>
      </div>
    </Section>
  );
}
