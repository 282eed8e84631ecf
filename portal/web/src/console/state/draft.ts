import { openShelf, type Shelf } from "@/api/shelf";
import type { Lease } from "@/api/work";
import { newWork, type Work } from "./history";

/** What was done on a page so far, and when it was last written down. */
export interface Draft {
  work: Work;
  saved: number;
}

export type PageName = Pick<Lease, "request" | "round" | "page"> & { contributor: string };

/** The name of a page of a contributor, the same in every store. */
export function nameOfPage({ contributor, request, round, page }: PageName): string {
  return [contributor, request, round, page].join("/");
}

/** All drafts, in this browser only. */
export const drafts: Shelf<Draft> = openShelf<Draft>("alaya.drafts");

/** A draft for some items; items that the page has no more are left out. */
export function restored(draft: Draft | undefined, items: string[]): Work {
  const first = newWork(items[0] ?? "");
  if (!draft) return first;
  const { work } = draft;
  return { ...first, ...work, item: items.includes(work.item) ? work.item : first.item };
}

/**
 * Writes down the latest state at once, one write at a time: what comes while
 * a write is on its way is written after it, and only the latest.
 */
export function draftWriter(shelf: Shelf<Draft>, name: string, onSaved: (at: number) => void, onFailed: (error: unknown) => void) {
  let waiting: Work | undefined;
  let writing: Promise<void> | undefined;
  let closed = false;
  const run = async () => {
    while (waiting && !closed) {
      const saved = Date.now();
      const draft = { work: waiting, saved };
      waiting = undefined;
      try {
        await shelf.put(name, draft);
        onSaved(saved);
      } catch (error) {
        onFailed(error);
      }
    }
    writing = undefined;
  };
  return {
    write: (work: Work) => {
      waiting = work;
      writing ??= run();
      return writing;
    },
    /** Writes no more: the page was handed in. */
    close: async () => {
      closed = true;
      await writing;
    },
  };
}
