import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, ErrorNote, Field, Page, TextArea } from "@/design";
import type { Item, Spec } from "@/records/form";
import { checkForm, formOf } from "@/records/check";
import { Preview } from "./Preview";
import { sampleItems, sampleSpec } from "./sample";

interface Tried {
  spec: Spec;
  items: Item[];
}

/** Reads what was typed; refuses what no contributor could be asked. */
function read(spec: string, items: string): Tried {
  const tried = { spec: JSON.parse(spec) as Spec, items: [JSON.parse(items) as Item | Item[]].flat() };
  checkForm(formOf(tried.spec));
  if (tried.items.length === 0 || tried.items.some((i) => typeof i.id !== "string")) throw new Error("items: at least one, each with an id");
  return tried;
}

/** A spec and items as JSON, tried out as a contributor would meet them. */
export function PreviewPage() {
  const { t } = useTranslation("console");
  const [spec, setSpec] = useState(() => JSON.stringify(sampleSpec, null, 1));
  const [items, setItems] = useState(() => JSON.stringify(sampleItems, null, 1));
  const [tried, setTried] = useState<Tried>({ spec: sampleSpec, items: sampleItems });
  const [error, setError] = useState<unknown>();
  const [run, setRun] = useState(0);
  const start = () => {
    try {
      setTried(read(spec, items));
      setRun(run + 1);
      setError(undefined);
    } catch (e) {
      setError(e);
    }
  };
  return (
    <Page title={t("preview.title")} lead={t("preview.lead")}>
      <details>
        <summary className="min-h-6 cursor-pointer font-medium">{t("preview.source")}</summary>
        <div className="mt-2 grid gap-3 lg:grid-cols-2">
          <Field label={t("preview.spec")} required>
            <TextArea dir="ltr" rows={12} value={spec} onChange={(e) => setSpec(e.target.value)} spellCheck={false} className="font-mono text-sm" />
          </Field>
          <Field label={t("preview.items")} required>
            <TextArea dir="ltr" rows={12} value={items} onChange={(e) => setItems(e.target.value)} spellCheck={false} className="font-mono text-sm" />
          </Field>
        </div>
        {error !== undefined && <ErrorNote error={error} />}
        <Button look="primary" className="mt-3" onClick={start}>
          {t("preview.run")}
        </Button>
      </details>
      <Preview key={run} {...tried} />
    </Page>
  );
}
