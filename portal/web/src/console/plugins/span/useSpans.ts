import { useState } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "@/design";
import type { Span } from "@/records/form";
import type { PluginProps } from "../../plugin";
import { nameOf } from "../../view/color";
import { addRelation, addSpan, removeRelation, removeSpan, replaceSpan } from "./edit";
import { type Passage, passageOf, quote, snap, type Stretch, toSpan } from "./passage";

/** What is going on in a text: what is marked out, which span is chosen, from which one a relation starts. */
export interface Marking {
  pending?: Stretch;
  chosen?: number;
  relating?: number;
  /** The label that every stretch gets at once. */
  armed?: string;
  /** Stretches grow to whole words. */
  whole: boolean;
}

/** The commands on spans, and the state between them. */
export function useSpans({ control, value, onChange, readOnly }: PluginProps<"span">, passages: Passage[]) {
  const { t } = useTranslation("console");
  const [marking, setMarking] = useState<Marking>({ whole: true });
  const labels = control.labels ?? [];
  const armed = marking.armed ?? (labels.length === 1 ? labels[0]?.id : undefined);
  const rest = (more: Partial<Marking> = {}) => setMarking(({ whole, armed: a }) => ({ whole, armed: a, ...more }));

  const add = (stretch: Stretch, label: string) => {
    const passage = passageOf(passages, stretch);
    if (!passage || readOnly) return;
    const span = toSpan(passage, stretch, label);
    const { value: next, at } = addSpan(value, span);
    onChange(next);
    rest({ chosen: at });
    announce(t("span.added", { text: quote(passages, span), label: nameOf(control, label) }));
  };
  const replace = (at: number, span: Span) => {
    if (!value || readOnly) return;
    const { value: next, at: chosen } = replaceSpan(value, at, span);
    onChange(next);
    rest({ chosen });
  };
  /** Takes a stretch that was selected: labels it at once, or keeps it until a label is chosen. */
  const take = (stretch: Stretch) => {
    const passage = passageOf(passages, stretch);
    const snapped = passage && snap(passage.text, stretch, marking.whole);
    if (!snapped || readOnly) return;
    if (armed) add(snapped, armed);
    else rest({ pending: snapped });
  };
  const label = (id: string) => {
    const span = value?.spans[marking.chosen ?? -1];
    if (marking.pending) return add(marking.pending, id);
    if (span) return replace(marking.chosen as number, { ...span, label: id });
    setMarking((m) => ({ ...m, armed: m.armed === id ? undefined : id }));
  };
  const remove = (at = marking.chosen) => {
    const span = value?.spans[at ?? -1];
    if (!value || !span || at === undefined || readOnly) return;
    onChange(removeSpan(value, at));
    rest();
    announce(t("span.removed", { text: quote(passages, span) }));
  };
  const relate = (to: number, name = control.relations?.[0]) => {
    const from = marking.relating;
    if (!value || from === undefined || !name || readOnly) return;
    if (from !== to) onChange(addRelation(value, { from, to, label: name }));
    rest({ chosen: to });
  };
  /** Chooses a span: to be changed, or to be the end of a relation. */
  const choose = (at: number) => (marking.relating === undefined ? rest({ chosen: at }) : relate(at));

  return {
    marking, armed, take, label, remove, replace, choose,
    /** Marks a stretch out; a relation that was begun waits for its end. */
    mark: (pending: Stretch) => setMarking((m) => ({ ...m, pending, chosen: undefined })),
    clear: () => setMarking(({ whole }) => ({ whole })),
    startRelation: (at = marking.chosen) => at !== undefined && !readOnly && setMarking((m) => ({ ...m, relating: at })),
    unrelate: (at: number) => value && !readOnly && onChange(removeRelation(value, at)),
    toggleWhole: () => setMarking((m) => ({ ...m, whole: !m.whole })),
  };
}

export type SpanTools = ReturnType<typeof useSpans>;
