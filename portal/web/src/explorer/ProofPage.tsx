import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { getProof } from "@/api/chain";
import { Button, Card, ErrorNote, Field, Loading, Note, NumberInput, Page, Section, TextInput } from "@/design";
import { verify, type RecordProof } from "@/proof/verify";
import { ProofSteps } from "./ProofSteps";

/** Verifies a record of a dataset in the browser, up to the signatures under a block. */
export function ProofPage() {
  const { t } = useTranslation("explorer");
  const [params, setParams] = useSearchParams();
  const dataset = params.get("dataset") ?? "";
  const record = Number(params.get("record") ?? 0);
  const trusted = params.get("validators") ?? "";
  return (
    <Page title={t("proof.title")} lead={t("proof.lead")} back={{ to: "/explorer", label: t("title") }}>
      <Question
        key={params.toString()}
        start={{ dataset, record: record + 1, validators: trusted }}
        onAsk={(asked) => setParams({ dataset: asked.dataset, record: String(asked.record - 1), ...(asked.validators && { validators: asked.validators }) })}
      />
      {dataset && <Proof dataset={dataset} record={record} trusted={trusted} />}
    </Page>
  );
}

interface Asked { dataset: string; record: number; validators: string }

function Question({ start, onAsk }: { start: Asked; onAsk: (asked: Asked) => void }) {
  const { t } = useTranslation("explorer");
  const [asked, setAsked] = useState(start);
  const submit = (e: FormEvent) => {
    e.preventDefault();
    onAsk({ ...asked, dataset: asked.dataset.trim(), validators: asked.validators.trim() });
  };
  return (
    <Card>
      <form onSubmit={submit} className="grid items-start gap-4 sm:grid-cols-[1fr_10rem]">
        <Field label={t("proof.dataset")} hint={t("proof.datasetHint")} required>
          <TextInput value={asked.dataset} maxLength={64} spellCheck={false} onChange={(e) => setAsked({ ...asked, dataset: e.target.value })} />
        </Field>
        <Field label={t("proof.record")} hint={t("proof.recordHint")} required>
          <NumberInput value={asked.record} min={1} step={1} onChange={(n) => setAsked({ ...asked, record: n ?? 1 })} />
        </Field>
        <Field label={t("proof.validators")} hint={t("proof.validatorsHint")} className="sm:col-span-2">
          <TextInput value={asked.validators} maxLength={64} spellCheck={false} className="font-mono" onChange={(e) => setAsked({ ...asked, validators: e.target.value })} />
        </Field>
        <div className="sm:col-span-2">
          <Button look="primary" icon="shield" type="submit">
            {t("proof.verify")}
          </Button>
        </div>
      </form>
    </Card>
  );
}

/** The same proof with one bit of its record changed. */
function spoilt(p: RecordProof): RecordProof {
  const line = p.record.line;
  const at = Math.max(0, line.lastIndexOf('"'));
  return { ...p, record: { ...p.record, line: line.slice(0, at) + String.fromCharCode(line.charCodeAt(at) ^ 1) + line.slice(at + 1) } };
}

function Proof({ dataset, record, trusted }: { dataset: string; record: number; trusted: string }) {
  const { t } = useTranslation("explorer");
  const [spoil, setSpoil] = useState(false);
  const proof = useQuery({
    queryKey: ["proof", dataset, record],
    queryFn: ({ signal }) => getProof(dataset, record, signal),
    staleTime: Infinity,
  });
  const steps = useQuery({
    queryKey: ["proof", dataset, record, trusted, spoil],
    queryFn: () => {
      if (!proof.data) throw new Error("no proof yet");
      return verify(spoil ? spoilt(proof.data) : proof.data, dataset, trusted || undefined);
    },
    enabled: proof.isSuccess,
    staleTime: Infinity,
  });
  if (proof.isError) return <ErrorNote error={proof.error} onRetry={() => void proof.refetch()} />;
  if (!proof.data || !steps.data) return <Loading />;
  const holds = steps.data.every((step) => !step.error);
  const shown = spoil ? spoilt(proof.data) : proof.data;
  return (
    <>
      <div role="status">
        <Note tone={!holds ? "bad" : trusted ? "good" : "warn"} title={t(holds ? "proof.holds" : "proof.broken")}>
          {holds ? t(trusted ? "proof.byReader" : "proof.byGateway") : t("proof.brokenNext")}
        </Note>
      </div>
      <Section
        title={t("proof.line")}
        actions={<Button onClick={() => setSpoil(!spoil)}>{t(spoil ? "proof.mend" : "proof.spoil")}</Button>}
      >
        <pre dir="ltr" tabIndex={0} className="overflow-x-auto rounded-lg bg-sunken p-3 text-sm">
          {shown.record.line}
        </pre>
      </Section>
      <Section title={t("proof.steps")}>
        <ProofSteps steps={steps.data} />
      </Section>
    </>
  );
}
