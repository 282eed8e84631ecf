import { useTranslation } from "react-i18next";
import { Button, IconButton, Select } from "@/design";
import type { Control, Span, Spans } from "@/records/form";
import { codePoints } from "@/records/units";
import { Swatch } from "../../view/Swatch";
import { colorOf, nameOf } from "../../view/color";
import { type Passage, passageOf, quote } from "./passage";
import type { SpanTools } from "./useSpans";

interface ListProps {
  control: Control;
  value: Spans | undefined;
  passages: Passage[];
  tools: SpanTools;
  readOnly: boolean;
}

/** All spans as rows that can be changed without a pointer, and the relations between them. */
export function SpanList({ control, value, passages, tools, readOnly }: ListProps) {
  const { t } = useTranslation("console");
  if (!value || value.spans.length === 0) return null;
  const said = (at: number) => (value.spans[at] ? `“${quote(passages, value.spans[at])}”` : "");
  return (
    <div className="flex flex-col gap-2">
      <ul aria-label={t("span.list")} className="flex flex-col divide-y divide-line rounded-lg border border-line">
        {value.spans.map((span, at) => (
          <SpanRow key={at} {...{ control, span, at, passages, tools, readOnly }} />
        ))}
      </ul>
      {(value.relations ?? []).length > 0 && (
        <ul aria-label={t("span.relations")} className="flex flex-col gap-1">
          {value.relations?.map((r, i) => (
            <li key={i} className="flex items-center gap-2 text-sm">
              <bdi>{said(r.from)}</bdi>
              <span className="rounded-full bg-accent-soft px-2 text-accent">{r.label} →</span>
              <bdi>{said(r.to)}</bdi>
              {!readOnly && <IconButton icon="close" label={t("span.unrelate", { name: r.label })} onClick={() => tools.unrelate(i)} />}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function SpanRow({ control, span, at, passages, tools, readOnly }: Omit<ListProps, "value"> & { span: Span; at: number }) {
  const { t } = useTranslation("console");
  const { chosen, relating } = tools.marking;
  const end = codePoints(passageOf(passages, span)?.text ?? "");
  const move = (change: Partial<Span>) => tools.replace(at, { ...span, ...change });
  return (
    <li className={`flex flex-wrap items-center gap-2 px-3 py-1 ${chosen === at ? "bg-accent-soft" : ""}`}>
      <button
        type="button"
        aria-pressed={chosen === at}
        onClick={() => tools.choose(at)}
        className="flex min-h-8 min-w-0 grow cursor-pointer items-center gap-2 text-start pointer-coarse:min-h-11"
      >
        <Swatch color={colorOf(control, span.label)} />
        <bdi className="truncate">{quote(passages, span)}</bdi>
        <span className="text-sm text-muted">{nameOf(control, span.label)}</span>
      </button>
      {chosen === at && !readOnly && (
        <>
          <div className="w-44">
            <Select value={span.label} aria-label={t("span.label")} onChange={(e) => move({ label: e.target.value })}>
              {control.labels?.map((l) => (
                <option key={l.id} value={l.id}>
                  {l.name ?? l.id}
                </option>
              ))}
            </Select>
          </div>
          <Place name={t("span.start")} value={span.start} min={0} max={span.end - 1} onChange={(start) => move({ start })} />
          <Place name={t("span.end")} value={span.end} min={span.start + 1} max={end} onChange={(to) => move({ end: to })} />
          {control.relations && relating === undefined && (
            <Button look="quiet" onClick={() => tools.startRelation(at)}>
              {t("span.relate")}
            </Button>
          )}
          {relating === at && <span className="text-sm text-info">{t("span.relating")}</span>}
        </>
      )}
      {relating !== undefined && relating !== at && (
        <Button look="secondary" onClick={() => tools.choose(at)}>
          {t("span.relateHere")}
        </Button>
      )}
      {!readOnly && <IconButton icon="close" label={t("span.remove", { text: quote(passages, span) })} onClick={() => tools.remove(at)} />}
    </li>
  );
}

/** A place in the text, counted in code points. */
function Place({ name, value, min, max, onChange }: { name: string; value: number; min: number; max: number; onChange: (value: number) => void }) {
  return (
    <label className="flex items-center gap-1 text-sm text-muted">
      {name}
      <input
        type="number"
        {...{ min, max, value }}
        onChange={(e) => {
          const next = e.target.valueAsNumber;
          if (next >= min && next <= max) onChange(next);
        }}
        className="min-h-8 w-20 rounded border border-line-strong bg-raised px-2 text-ink tabular-nums"
      />
    </label>
  );
}
