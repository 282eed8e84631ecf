import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Step } from "@/api/types";
import { toast } from "@/design";

const keyOf = ({ kind, request, round, page }: Step) => `${kind} ${request} ${round} ${page}`;

/** Tells of steps that have come up since the page was opened. */
export function useNotices(steps: readonly Step[] | undefined) {
  const { t } = useTranslation("home");
  const known = useRef<Set<string>>(undefined);
  useEffect(() => {
    if (!steps) return;
    const before = known.current;
    known.current = new Set(steps.map(keyOf));
    if (!before) return;
    for (const step of steps) {
      if (!before.has(keyOf(step))) toast({ tone: "info", title: t(`step.${step.kind}.title`), text: step.title });
    }
  }, [steps, t]);
}
