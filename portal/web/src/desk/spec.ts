import type { Control, Spec } from "@/records/form";
import type { Bytes } from "@/records/hash";
import { spell, utf8 } from "@/records/spell";

const some = <T>(list: readonly T[] | undefined) => (list && list.length > 0 ? list : undefined);

function controlOf(c: Control) {
  return {
    name: c.name, type: c.type, target: c.target || undefined, title: c.title || undefined, hint: c.hint || undefined,
    labels: some(c.labels)?.map((l) => ({ id: l.id, name: l.name || undefined, color: l.color || undefined, hotkey: l.hotkey || undefined, parent: l.parent || undefined })),
    required: c.required || undefined, min: c.min, max: c.max, step: c.step || undefined, decimals: c.decimals || undefined,
    relations: some(c.relations), options: some(c.options), unit: c.unit || undefined, max_length: c.max_length || undefined,
  };
}

/** Writes a spec byte for byte as the command line does: equal specs have one content id. */
export function encodeSpec(spec: Spec): Bytes {
  return utf8(
    spell({
      question: spec.question,
      labels: some(spec.labels),
      form: spec.form && { controls: spec.form.controls.map(controlOf) },
      match: spec.match || undefined,
      guidelines: spec.guidelines || undefined,
      examples: some(spec.examples),
    }),
  );
}
