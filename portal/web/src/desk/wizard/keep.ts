import { useEffect, useRef, useState } from "react";
import { openShelf } from "@/api/shelf";
import { now } from "@/design";
import { newDraft, type Draft } from "./draft";
import type { StepProps } from "./step";

export const drafts = openShelf<Draft>("alaya.requests");

/** Changes are written this long after the last one. */
const pause = 500;

/** A draft that is kept at every change; undefined while it is read. */
export function useDraft(id: string): { draft: Draft | undefined; change: StepProps["change"]; saved: boolean } {
  const [draft, setDraft] = useState<Draft>();
  const [saved, setSaved] = useState(true);
  const latest = useRef<Draft>(undefined);
  useEffect(() => {
    let live = true;
    void drafts.get(id).then((kept) => live && setDraft(kept ?? newDraft(id, now())));
    return () => {
      live = false;
    };
  }, [id]);
  useEffect(() => {
    if (saved || !draft) return;
    latest.current = draft;
    const timer = window.setTimeout(() => void drafts.put(id, draft).then(() => setSaved(true)), pause);
    return () => window.clearTimeout(timer);
  }, [id, draft, saved]);
  useEffect(() => {
    const flush = () => {
      if (latest.current) void drafts.put(id, latest.current);
    };
    window.addEventListener("pagehide", flush);
    return () => window.removeEventListener("pagehide", flush);
  }, [id]);
  const change: StepProps["change"] = (part) => {
    setSaved(false);
    setDraft((before) => before && { ...before, ...(typeof part === "function" ? part(before) : part), savedAt: now() });
  };
  return { draft, change, saved };
}
