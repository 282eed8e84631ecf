import type { Relation, Span, Spans } from "@/records/form";
import { compareSpans, sortSpans, withoutSpan } from "@/records/span";

const none: Spans = { spans: [] };

/** A change of spans: the new value, undefined when nothing is left, and where the span now stands. */
export interface Edited {
  value: Spans | undefined;
  at: number;
}

const settle = (value: Spans): Spans | undefined => (value.spans.length === 0 ? undefined : value);

function settled(value: Spans, span: Span): Edited {
  const sorted = sortSpans(value);
  return { value: settle(sorted), at: sorted.spans.findIndex((s) => compareSpans(s, span) === 0) };
}

export function addSpan(value: Spans = none, span: Span): Edited {
  return settled({ ...value, spans: [...value.spans, span] }, span);
}

/** Puts another span in the place of one; its relations stay. */
export function replaceSpan(value: Spans, at: number, span: Span): Edited {
  return settled({ ...value, spans: value.spans.map((s, i) => (i === at ? span : s)) }, span);
}

export function removeSpan(value: Spans, at: number): Spans | undefined {
  return settle(withoutSpan(value, at));
}

export function addRelation(value: Spans, relation: Relation): Spans {
  return sortSpans({ ...value, relations: [...(value.relations ?? []), relation] });
}

export function removeRelation(value: Spans, at: number): Spans {
  return sortSpans({ ...value, relations: value.relations?.filter((_, i) => i !== at) });
}
