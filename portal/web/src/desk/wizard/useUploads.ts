import { useEffect, useEffectEvent, useState } from "react";
import type { Kept } from "./draft";
import { dropUpload, keepUpload, sendFile, uploadsOf, type Upload } from "./upload";

interface Running extends Upload {
  name: string;
  /** From 0 to 1. */
  done: number;
  error?: unknown;
}

/** The uploads of a draft, one at a time; those of an earlier visit go on by themselves. */
export function useUploads(draft: string, onKept: (kept: Kept[]) => void) {
  const [list, setList] = useState<Running[]>([]);
  const kept = useEffectEvent(onKept);
  const patch = (name: string, part: Partial<Running>) => setList((all) => all.map((u) => (u.name === name ? { ...u, ...part } : u)));
  const add = async (file: File) => {
    const name = `${draft}/${file.name}`;
    await keepUpload(name, { draft, file });
    setList((all) => [...all.filter((u) => u.name !== name), { name, draft, file, done: 0 }]);
  };
  useEffect(() => {
    void uploadsOf(draft).then((found) => setList(found.map(([name, upload]) => ({ ...upload, name, done: 0 }))));
  }, [draft]);
  const next = list.find((u) => u.error === undefined);
  const work = useEffectEvent(async (upload: Running, signal: AbortSignal) => {
    try {
      kept(await sendFile(upload.name, upload, (done) => patch(upload.name, { done }), signal));
      await dropUpload(upload.name);
      setList((all) => all.filter((u) => u.name !== upload.name));
    } catch (error) {
      if (!signal.aborted) patch(upload.name, { error });
    }
  });
  useEffect(() => {
    if (!next) return;
    const stop = new AbortController();
    void Promise.resolve().then(() => work(next, stop.signal));
    return () => stop.abort();
    // One upload at a time: its own progress does not begin it again.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [next?.name, next?.error]);
  return {
    list,
    add: (file: File) => void add(file),
    retry: (name: string) => patch(name, { error: undefined }),
    drop: (name: string) => {
      void dropUpload(name);
      setList((all) => all.filter((u) => u.name !== name));
    },
  };
}
