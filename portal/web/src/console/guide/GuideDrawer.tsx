import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { specQuery } from "@/api/work";
import { Drawer, Markdown, Note } from "@/design";
import type { Spec } from "@/records/form";
import { Data } from "../view/Data";
import { Changes } from "./Changes";

interface GuideProps {
  open: boolean;
  onClose: () => void;
  spec: Spec;
  /** The version that the answers are judged by. */
  version: number;
  /** The version that was read before it, with its spec; absent: it is the first. */
  before?: { version: number; spec: string };
}

/** The guidelines in force for this page, what changed since they were last read, and examples. */
export function GuideDrawer({ open, onClose, spec, version, before }: GuideProps) {
  const { t } = useTranslation("console");
  return (
    <Drawer open={open} onOpenChange={(o) => !o && onClose()} title={t("guide.title")} lead={t("guide.version", { version })} wide>
      <div className="flex flex-col gap-6">
        {before && <Before spec={spec} before={before} />}
        {spec.question && (
          <p dir="auto" className="text-lg font-medium">
            {spec.question}
          </p>
        )}
        {spec.guidelines ? <Markdown text={spec.guidelines} /> : <p className="text-muted">{t("guide.none")}</p>}
        <Examples spec={spec} />
      </div>
    </Drawer>
  );
}

function Before({ spec, before }: { spec: Spec; before: { version: number; spec: string } }) {
  const { t } = useTranslation("console");
  const old = useQuery(specQuery(before.spec)).data;
  if (!old) return null;
  return (
    <details open>
      <summary className="min-h-6 cursor-pointer font-medium">{t("guide.since", { version: before.version })}</summary>
      <Changes before={old} after={spec} />
    </details>
  );
}

function Examples({ spec }: { spec: Spec }) {
  const { t } = useTranslation("console");
  const examples = spec.examples ?? [];
  if (examples.length === 0) return null;
  return (
    <section className="flex flex-col gap-3">
      <h3 className="font-semibold">{t("guide.examples")}</h3>
      {examples.map((example, i) => (
        <article key={i} className="flex flex-col gap-2 rounded-lg border border-line p-3">
          <Data value={shown(example.item)} name={String(i + 1)} />
          <Note tone="good" title={example.label ?? (example.value ? JSON.stringify(example.value) : "")}>
            {example.why}
          </Note>
        </article>
      ))}
    </section>
  );
}

/** An example's item as one value: its only field, or all of it. */
function shown(item: unknown): unknown {
  if (typeof item !== "object" || item === null) return item;
  const values = Object.values(item);
  return values.length === 1 ? values[0] : item;
}
