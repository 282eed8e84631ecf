import { bounds } from "./bounds";
import type { Control, Relation, Span, Spans } from "./form";
import { offers } from "./plain";
import { Refusal, within } from "./refusal";
import { compareText } from "./spell";

/** Orders spans by turn, start, end and label. */
export function compareSpans(a: Span, b: Span): number {
  return (a.turn ?? -1) - (b.turn ?? -1) || a.start - b.start || a.end - b.end || compareText(a.label, b.label);
}

function compareRelations(a: Relation, b: Relation): number {
  return a.from - b.from || a.to - b.to || compareText(a.label, b.label);
}

function checkSpan(control: Control, span: Span) {
  within("turn", span.turn ?? 0, 0, bounds.place);
  within("start", span.start, 0, bounds.place);
  within("end", span.end, span.start + 1, bounds.place);
  offers(control, span.label);
}

export function checkSpans(control: Control, { spans, relations = [] }: Spans) {
  const n = Math.max(spans.length, relations.length);
  if (n > bounds.regions) throw new Refusal("count", { value: n, high: bounds.regions });
  spans.forEach((span, i) => {
    checkSpan(control, span);
    const before = spans[i - 1];
    if (before && compareSpans(before, span) >= 0) throw new Refusal("order", { value: i });
    if ((span.turn === undefined) !== (spans[0]?.turn === undefined)) throw new Refusal("order", { value: i });
  });
  relations.forEach((relation, i) => {
    within("from", relation.from, 0, spans.length - 1);
    within("to", relation.to, 0, spans.length - 1);
    const known = control.relations?.includes(relation.label);
    if (relation.from === relation.to || !known) throw new Refusal("relation", { value: relation.label });
    const before = relations[i - 1];
    if (before && compareRelations(before, relation) >= 0) throw new Refusal("order", { value: i });
  });
}

/** Sorts spans and drops repeated ones; relations keep their spans. */
export function sortSpans({ spans, relations = [] }: Spans): Spans {
  const sorted = [...spans].sort(compareSpans).filter((s, i, all) => i === 0 || compareSpans(all[i - 1] as Span, s) !== 0);
  const place = (old: number) => sorted.findIndex((s) => compareSpans(s, spans[old] as Span) === 0);
  const moved = relations
    .map((r) => ({ from: place(r.from), to: place(r.to), label: r.label }))
    .sort(compareRelations)
    .filter((r, i, all) => i === 0 || compareRelations(all[i - 1] as Relation, r) !== 0);
  return moved.length > 0 ? { spans: sorted, relations: moved } : { spans: sorted };
}

/** Takes out the span at a place, and the relations that hung on it. */
export function withoutSpan({ spans, relations = [] }: Spans, at: number): Spans {
  const shift = (i: number) => (i > at ? i - 1 : i);
  return sortSpans({
    spans: spans.filter((_, i) => i !== at),
    relations: relations
      .filter((r) => r.from !== at && r.to !== at)
      .map((r) => ({ from: shift(r.from), to: shift(r.to), label: r.label })),
  });
}
