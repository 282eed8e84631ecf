import { useId, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Checkbox, Keys, Note } from "@/design";
import type { Control } from "@/records/form";
import { useCommands, useKeyOf } from "../../keys/Keys";
import type { PluginProps } from "../../plugin";
import { Swatch } from "../../view/Swatch";
import { colorOf } from "../../view/color";
import { textFor } from "../../view/shape";
import { fits, passagesOf } from "./passage";
import { PassageView } from "./PassageView";
import { SpanList } from "./SpanList";
import { type SpanTools, useSpans } from "./useSpans";

const noSpans: never[] = [];

/** Labelled stretches of a text or a dialogue, and relations between them. */
export function Spans(props: PluginProps<"span">) {
  const { control, item, value, prelabel, active, readOnly } = props;
  const { t } = useTranslation("console");
  const id = useId();
  const data = textFor(control, item);
  const passages = useMemo(() => passagesOf(data ?? ""), [data]);
  const tools = useSpans(props, passages);
  useCommands(active && !readOnly, {
    ...Object.fromEntries((control.labels ?? []).map((l, i) => [`label.${i}`, () => tools.label(l.id)])),
    "span.delete": () => tools.remove(),
    "span.unselect": tools.clear,
    "span.whole": tools.toggleWhole,
    "span.relate": () => tools.startRelation(),
  });
  if (data === undefined) return <Note tone="bad" title={t("span.noText", { target: control.target ?? "" })} />;
  const spans = value?.spans ?? noSpans;
  const guesses = value ? noSpans : (prelabel?.value.spans ?? noSpans).filter((s) => fits(passages, s));
  return (
    <div className="flex flex-col gap-3">
      <Labels control={control} tools={tools} active={active} readOnly={readOnly} />
      <p id={id} className="text-sm text-muted">
        {tools.marking.relating !== undefined ? t("span.relating") : tools.marking.pending ? t("span.pending") : t("span.how")}
      </p>
      <ol className="flex flex-col gap-3">
        {passages.map((passage) => (
          <li key={passage.turn ?? 0} className={passage.turn === undefined ? "" : "rounded-lg bg-sunken px-3 py-1"}>
            {passage.turn !== undefined && (
              <b dir="auto" className="block text-sm text-muted">
                {passage.speaker}
              </b>
            )}
            <PassageView control={control} passage={passage} spans={spans} guesses={guesses} tools={tools} labelledBy={id} />
          </li>
        ))}
      </ol>
      <SpanList control={control} value={value} passages={passages} tools={tools} readOnly={readOnly} />
    </div>
  );
}

/** The labels: one click gives the label to what is marked out, or to all that follows. */
function Labels({ control, tools, active, readOnly }: { control: Control; tools: SpanTools; active: boolean; readOnly: boolean }) {
  const { t } = useTranslation("console");
  const keyOf = useKeyOf();
  return (
    <div className="sticky top-14 z-10 flex flex-wrap items-center gap-1.5 bg-raised py-1">
      {(control.labels ?? []).map((label, i) => {
        const key = active ? keyOf(`label.${i}`) : undefined;
        const on = tools.armed === label.id;
        return (
          <button
            key={label.id}
            type="button"
            disabled={readOnly}
            aria-pressed={on}
            onClick={() => tools.label(label.id)}
            className={`flex min-h-8 cursor-pointer items-center gap-1.5 rounded-full border px-3 pointer-coarse:min-h-11 ${on ? "border-accent bg-accent-soft" : "border-line-strong"}`}
          >
            <Swatch color={colorOf(control, label.id)} />
            <span dir="auto">{label.name ?? label.id}</span>
            {key && <Keys of={key} />}
          </button>
        );
      })}
      <div className="ms-auto">
        <Checkbox label={t("span.whole")} checked={tools.marking.whole} onChange={tools.toggleWhole} />
      </div>
    </div>
  );
}
