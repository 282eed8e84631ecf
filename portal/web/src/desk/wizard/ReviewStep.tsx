import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { checkDraft } from "@/api/desk";
import { Fault } from "@/api/error";
import { Amount, Button, Card, Copy, ErrorNote, Fact, Facts, Icon, Loaded, Note, save, Section, toast, useFormat } from "@/design";
import { utf8 } from "@/records/spell";
import { useSend } from "@/wallet";
import { itemsOf, pageOf, pagesOf, specOf, type Draft } from "./draft";
import { drafts } from "./keep";
import { exampleLines, goldLines, manifestOf } from "./parcel";
import { post, stages, type Stage } from "./post";
import type { StepProps } from "./step";
import { yamlOf } from "./yaml";
import { zip } from "./zip";

/** The folder that `alaya request post` takes: the same request, posted from a command line. */
async function folder(d: Draft, yaml: string) {
  const { bytes } = await manifestOf(itemsOf(d));
  const files = [{ name: "request.yaml", bytes: utf8(yaml) }, { name: "items.jsonl", bytes }];
  if (d.guidelines) files.push({ name: "guidelines.md", bytes: utf8(d.guidelines) });
  if (d.examples.length > 0) files.push({ name: "examples.jsonl", bytes: utf8(exampleLines(d.examples)) });
  if (d.gold.length > 0) files.push({ name: "gold.jsonl", bytes: utf8(goldLines(d.gold, specOf(d).form)) });
  save(new Blob([zip(files)], { type: "application/zip" }), "request.zip");
}

/** The whole request once more, checked by the command line's own reader; then it is funded and posted. */
export function ReviewStep({ draft, change }: StepProps) {
  const { t } = useTranslation("wizard");
  const yaml = useDeferredValue(yamlOf(draft));
  const items = draft.table.length || draft.files.length;
  const query = useQuery({ queryKey: ["draft", yaml, items], queryFn: ({ signal }) => checkDraft(yaml, items, signal), staleTime: 60_000 });
  const fine = query.data?.problems.length === 0;
  return (
    <div className="flex flex-col gap-8">
      <Summary draft={draft} />
      <Section
        title={t("yaml.title")}
        lead={t("yaml.lead")}
        actions={<Button icon="download" onClick={() => void folder(draft, yamlOf(draft))}>{t("yaml.folder")}</Button>}
      >
        <div className="flex items-start gap-2 rounded-lg border border-line bg-sunken p-3">
          <pre dir="ltr" tabIndex={0} className="max-h-96 min-w-0 grow overflow-auto text-sm">{yaml}</pre>
          <Copy text={yaml} />
        </div>
        <Loaded query={query} lines={1}>
          {({ problems }) =>
            problems.length > 0 ? (
              <Note tone="bad" title={t("yaml.problems", { count: problems.length })}>
                <ul className="list-disc ps-5">{problems.map((p) => <li key={p.error}>{p.line > 0 && t("yaml.line", { line: p.line })} <bdi>{p.error}</bdi></li>)}</ul>
              </Note>
            ) : (
              <p className="flex items-center gap-2 text-good"><Icon name="check" />{t("yaml.fine")}</p>
            )
          }
        </Loaded>
      </Section>
      <PostPanel {...{ draft, change }} ready={fine} />
    </div>
  );
}

function Summary({ draft: d }: { draft: Draft }) {
  const { t } = useTranslation("wizard");
  const { number, share } = useFormat();
  const items = itemsOf(d);
  return (
    <Section title={d.title || t("about.title")}>
      <Card>
        <Facts>
          <Fact label={t("ask.question")}><span dir="auto">{d.question}</span></Fact>
          <Fact label={t("review.items")}>{t("review.itemsOf", { n: number(items.length), pages: number(pagesOf(items.length, pageOf(d)).length), page: pageOf(d) })}</Fact>
          <Fact label={t("review.gold")}>{number(d.gold.length)}</Fact>
          <Fact label={t("clause.title")}>{t("review.clause", { threshold: share(d.offer.threshold), confidence: share(d.offer.confidence) })}</Fact>
          <Fact label={t("review.answers")}>{d.offer.min} – {d.offer.max}</Fact>
          <Fact label={t("pay.price")}><Amount ualy={d.offer.price} /></Fact>
          <Fact label={t("pay.budget")}><Amount ualy={d.offer.budget} /></Fact>
          <Fact label={t("use.licence")}><bdi>{d.offer.licence}</bdi></Fact>
        </Facts>
      </Card>
    </Section>
  );
}

function PostPanel({ draft, change, ready }: StepProps & { ready: boolean }) {
  const { t } = useTranslation("wizard");
  const send = useSend();
  const navigate = useNavigate();
  const [stage, setStage] = useState<Stage>();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const start = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const onSecret = async (secret: Draft["secret"]) => {
        change({ secret });
        await drafts.put(draft.id, { ...draft, secret });
      };
      const request = await post(draft, { send, onStage: setStage, onSecret });
      await drafts.delete(draft.id);
      toast({ tone: "good", title: t("post.done") });
      await navigate(request ? `/desk/requests/${request}` : "/desk", { replace: true });
    } catch (e) {
      if (!(e instanceof Fault && e.kind === "cancelled")) setError(e);
    } finally {
      setBusy(false);
    }
  };
  const at = stage ? stages.indexOf(stage) : -1;
  return (
    <Section title={t("post.title")} lead={t("post.lead")}>
      {stage && (
        <ol className="flex flex-col gap-1" aria-live="polite">
          {stages.map((s, i) => (
            <li key={s} className={`flex items-center gap-2 ${i > at ? "text-muted" : ""}`}>
              <Icon name={i < at ? "check" : i === at && error ? "alert" : "next"} className={i < at ? "text-good" : i === at && error ? "text-bad" : ""} />
              {t(`post.${s}`)}
            </li>
          ))}
        </ol>
      )}
      {error !== undefined && <ErrorNote error={error} />}
      {draft.gold.length > 0 && <Note>{t("post.keep")}</Note>}
      <div><Button look="primary" icon="coins" busy={busy} disabled={!ready} onClick={() => void start()}>{t(stage ? "post.again" : "post.do")}</Button></div>
    </Section>
  );
}
