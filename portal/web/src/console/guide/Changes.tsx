import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Spec } from "@/records/form";
import { diff, excerpt } from "./diff";

const looks = {
  "=": "text-muted",
  "+": "bg-good-soft text-ink",
  "-": "bg-bad-soft text-ink line-through",
};

/** What a guideline says that counts: its question, its text, its labels. */
function textOf({ question, guidelines = "", labels = [], form }: Spec): string {
  const fields = form?.controls.map((c) => [c.title ?? c.name, ...(c.labels ?? []).map((l) => `  ${l.name ?? l.id}`)].join("\n")) ?? labels;
  return [question, guidelines, ...fields].join("\n");
}

/** What changed between two versions, line by line. */
export function Changes({ before, after }: { before: Spec; after: Spec }) {
  const { t } = useTranslation("console");
  const lines = useMemo(() => excerpt(diff(textOf(before), textOf(after))), [before, after]);
  if (lines.every((line) => !line || line.sign === "=")) return <p className="text-muted">{t("guide.same")}</p>;
  return (
    <div className="mt-2 overflow-hidden rounded-lg border border-line font-mono text-sm">
      {lines.map((line, i) =>
        line ? (
          <p key={i} dir="auto" className={`px-2 whitespace-pre-wrap ${looks[line.sign]}`}>
            {line.sign !== "=" && <span className="sr-only">{t(line.sign === "+" ? "guide.added" : "guide.removed")}</span>}
            <span aria-hidden="true">{line.sign === "=" ? "  " : `${line.sign} `}</span>
            {line.text}
          </p>
        ) : (
          <p key={i} aria-hidden="true" className="px-2 text-muted">
            ⋯
          </p>
        ),
      )}
    </div>
  );
}
