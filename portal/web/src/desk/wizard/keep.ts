import { useEffect, useRef, useState } from "react";
import { openShelf } from "@/api/shelf";
import { now } from "@/design";
import { newDraft, type Draft } from "./draft";
import type { StepProps } from "./step";

export const drafts = openShelf<Draft>("alaya.requests");

/** Changes are written this long after the last one. */
const pause = 500;

interface Keeping {
  /** Undefined while it is read. */
  draft: Draft | undefined;
  change: StepProps["change"];
  saved: boolean;
  remove: () => Promise<void>;
}

/** A draft that is kept at every change. */
export function useDraft(id: string): Keeping {
  const [draft, setDraft] = useState<Draft>();
  const [saved, setSaved] = useState(true);
  /** What is not written down yet. */
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
    const overtaken = () => latest.current !== draft; // by a later change, or the draft is gone
    const write = async () => {
      if (overtaken()) return;
      await drafts.put(id, draft);
      if (overtaken()) return;
      latest.current = undefined;
      setSaved(true);
    };
    const timer = window.setTimeout(() => void write(), pause);
    return () => window.clearTimeout(timer);
  }, [id, draft, saved]);
  useEffect(() => {
    const flush = () => {
      if (latest.current) void drafts.put(id, latest.current);
    };
    window.addEventListener("pagehide", flush);
    return () => {
      window.removeEventListener("pagehide", flush);
      flush();
    };
  }, [id]);
  const change: StepProps["change"] = (part) => {
    setSaved(false);
    setDraft((before) => before && { ...before, ...(typeof part === "function" ? part(before) : part), savedAt: now() });
  };
  const remove = () => {
    latest.current = undefined;
    return drafts.delete(id);
  };
  return { draft, change, saved, remove };
}
