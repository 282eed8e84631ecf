import { useMemo, useState } from "react";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import { announce } from "@/design";
import { type Problem, problems as problemsOf } from "@/records/answer";
import type { Form, Item, Value } from "@/records/form";
import { accept, type Entry, isEmpty, type Standing, withValue } from "../state/entry";
import { change, entryOf, redo, show, undo, type Work } from "../state/history";
import { focusControl } from "./ControlFrame";

export interface BenchProps {
  form: Form;
  items: Item[];
  work: Work;
  update: (change: (work: Work) => Work) => void;
  readOnly: boolean;
  /** Called when every item has an answer or a reason for none. */
  onComplete: () => void;
}

/** Where an item stands. */
export function standingOf(form: Form, entry: Entry): Standing {
  if (entry.skip) return "skipped";
  if (isEmpty(entry.value)) return "open";
  return problemsOf(form, entry.value).length > 0 ? "started" : "answered";
}

/** The commands on a page of items. */
export function useBench({ form, items, work, update, readOnly, onComplete }: BenchProps) {
  const { t } = useTranslation("console");
  const [active, setActive] = useState(form.controls[0]?.name ?? "");
  const [checked, setChecked] = useState<ReadonlySet<string>>(new Set());
  const index = Math.max(0, items.findIndex((i) => i.id === work.item));
  const item = items[index] as Item;
  const entry = entryOf(work, item.id);
  const standings = useMemo(() => items.map((i) => standingOf(form, entryOf(work, i.id))), [form, items, work]);
  const problems: Problem[] = checked.has(item.id) && !entry.skip ? problemsOf(form, entry.value) : [];

  const set = (next: Entry, gesture?: string, of = item.id) => {
    if (!readOnly) update((w) => change(w, of, next, Date.now(), gesture));
  };
  const go = (to: number) => {
    const target = items[Math.min(items.length - 1, Math.max(0, to))];
    if (!target || target.id === item.id) return;
    performance.mark("console:leave");
    setActive(form.controls[0]?.name ?? "");
    update((w) => show(w, target.id));
  };
  /** Shows what is wrong with an item and leads to the first of it. */
  const point = (at: number): boolean => {
    const there = items[at] as Item;
    const wrong = problemsOf(form, entryOf(work, there.id).value);
    setChecked((before) => new Set([...before, there.id]));
    if (at !== index) update((w) => show(w, there.id));
    const first = wrong[0]?.control || form.controls[0]?.name || "";
    setActive(first);
    announce(t("form.wrong", { count: wrong.length }), true);
    requestAnimationFrame(() => focusControl(there.id, first));
    return false;
  };
  const isDone = (s: Standing | undefined) => s === "answered" || s === "skipped";
  /** Goes on to the next item that is open; when there is none the page is complete. */
  const next = () => {
    if (!isDone(standings[index])) return point(index);
    const order = [...standings.keys()].map((_, i) => (index + 1 + i) % items.length);
    const open = order.find((i) => !isDone(standings[i]));
    if (open !== undefined) return go(open);
    onComplete();
  };
  const moveControl = (by: number) => {
    const at = form.controls.findIndex((c) => c.name === active);
    const control = form.controls[(at + by + form.controls.length) % form.controls.length];
    if (!control) return;
    flushSync(() => setActive(control.name)); // its frame may come only now
    focusControl(item.id, control.name);
  };
  return {
    item, index, entry, active, standings, problems,
    done: standings.filter(isDone).length,
    setActive, go, next, set,
    setValue: (control: string, value: Value | undefined, gesture?: string) => set(withValue(entry, control, value), gesture),
    accept: (control?: string) => set(accept(entry, form, item, control)),
    unskip: () => set({ ...entry, skip: undefined }),
    undo: () => !readOnly && update(undo),
    redo: () => !readOnly && update(redo),
    nextControl: () => moveControl(1),
    previousControl: () => moveControl(-1),
  };
}

export type Bench = ReturnType<typeof useBench>;
