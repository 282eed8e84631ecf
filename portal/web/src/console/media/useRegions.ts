import { useMemo, useRef, useState } from "react";
import { canonical } from "@/records/answer";
import { bounds } from "@/records/bounds";
import type { Control, Value } from "@/records/form";
import { spell } from "@/records/spell";

interface Labelled { label: string }

/** The part of a plug-in's props that a list of regions needs. */
export interface RegionProps<R> {
  control: Control;
  value: R[] | undefined;
  onChange: (value: R[] | undefined, gesture?: string) => void;
  prelabel?: { value: R[] };
  readOnly: boolean;
}

/** A list of regions with what is selected, hidden and locked in it. */
export interface Regions<R> {
  list: R[];
  /** The list is a machine's guess; the first change takes it over. */
  guess: boolean;
  selected: R | undefined;
  /** The class of the next region. */
  label: string;
  full: boolean;
  isHidden: (r: R) => boolean;
  isLocked: (r: R) => boolean;
  select: (r: R | undefined) => void;
  step: (by: 1 | -1) => void;
  /** Gives the class to the selected region, and to those to come. */
  setLabel: (id: string) => void;
  add: (r: R) => void;
  /** Calls of one gesture in a row are one step for undo. */
  update: (old: R, now: R, gesture?: string) => void;
  remove: (r: R) => void;
  duplicate: (r: R, moved: R) => void;
  toggleHidden: (r?: R) => void;
  toggleLocked: (r: R) => void;
  /** Drops all regions, a guess too. */
  clear: () => void;
}

const nothing: never[] = [];

const toggled = (set: ReadonlySet<string>, key: string) => {
  const next = new Set(set);
  if (!next.delete(key)) next.add(key);
  return next;
};

const renamed = (set: ReadonlySet<string>, old: string, now: string) =>
  set.has(old) ? new Set([...set].map((k) => (k === old ? now : k))) : set;

/** Spells regions once: a region is known by its bytes, which no two share. */
function useKeys<R extends object>() {
  const kept = useRef(new WeakMap<R, string>());
  return (r: R): string => {
    const known = kept.current.get(r);
    if (known !== undefined) return known;
    const text = spell(r);
    kept.current.set(r, text);
    return text;
  };
}

/**
 * The regions of a control, in an order where one is given, else as they are
 * kept. Selection, hidden and locked ones are known by the bytes of a region,
 * so they hold through undo, redo and a reload.
 */
export function useRegions<R extends Labelled>({ control, value, onChange, prelabel, readOnly }: RegionProps<R>, order?: (a: R, b: R) => number): Regions<R> {
  const keyOf = useKeys<R>();
  const [picked, setPicked] = useState<string>();
  const [label, setNextLabel] = useState(control.labels?.[0]?.id ?? "");
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [locked, setLocked] = useState<ReadonlySet<string>>(new Set());
  const kept = value ?? prelabel?.value ?? (nothing as R[]);
  const list = useMemo(() => (order ? kept.toSorted(order) : kept), [kept, order]);
  const selected = useMemo(() => list.find((r) => keyOf(r) === picked), [list, picked, keyOf]);

  const tidy = (regions: R[]) => canonical(control, regions as unknown as Value) as unknown as R[];
  const put = (regions: R[], gesture?: string) => {
    if (!readOnly) onChange(tidy(regions), gesture);
  };
  const keyOfTidy = (r: R) => keyOf(tidy([r])[0] ?? r);
  const add = (r: R) => {
    if (list.length >= bounds.regions) return;
    put([...list, r]);
    setPicked(keyOfTidy(r));
  };
  const update = (old: R, now: R, gesture?: string) => {
    const [was, is] = [keyOf(old), keyOfTidy(now)];
    if (was === is || locked.has(was)) return;
    put(list.map((r) => (r === old ? now : r)), gesture);
    setPicked((p) => (p === was ? is : p));
    setHidden((set) => renamed(set, was, is));
    setLocked((set) => renamed(set, was, is));
  };

  return {
    list, selected, label, add, update,
    guess: value === undefined && list.length > 0,
    full: list.length >= bounds.regions,
    isHidden: (r) => hidden.has(keyOf(r)),
    isLocked: (r) => locked.has(keyOf(r)),
    select: (r) => setPicked(r && keyOf(r)),
    step: (by) => {
      const at = selected ? list.indexOf(selected) + by : by > 0 ? 0 : list.length - 1;
      const next = list[(at + list.length) % Math.max(list.length, 1)];
      setPicked(next && keyOf(next));
    },
    setLabel: (id) => {
      setNextLabel(id);
      if (selected && selected.label !== id) update(selected, { ...selected, label: id });
    },
    remove: (r) => {
      if (locked.has(keyOf(r))) return;
      const rest = list.filter((other) => other !== r);
      if (!readOnly) onChange(rest.length > 0 || prelabel ? rest : undefined);
      setPicked(undefined);
    },
    duplicate: (r, moved) => {
      if (!locked.has(keyOf(r))) add(moved);
    },
    toggleHidden: (r) =>
      setHidden((set) => {
        if (r) return toggled(set, keyOf(r));
        return set.size > 0 ? new Set<string>() : new Set(list.map(keyOf));
      }),
    toggleLocked: (r) => setLocked((set) => toggled(set, keyOf(r))),
    clear: () => put([]),
  };
}
