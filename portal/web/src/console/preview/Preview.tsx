import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog, Drawer, Loaded, Markdown } from "@/design";
import { checkForm, formOf } from "@/records/check";
import type { Item, Spec } from "@/records/form";
import { encodeAnswers } from "@/records/submission";
import { pickerFor } from "../plugins";
import { Workbench } from "../shell/Workbench";
import { answerOf } from "../state/entry";
import { entryOf, newWork, type Work } from "../state/history";

/** Runs a spec with some items as a contributor will see it; nothing is sent anywhere. */
export function Preview({ spec, items }: { spec: Spec; items: Item[] }) {
  const form = useMemo(() => {
    const made = formOf(spec);
    checkForm(made);
    return made;
  }, [spec]);
  const pick = useQuery({ queryKey: ["console", "plugins", form], queryFn: () => pickerFor(form), staleTime: Infinity });
  const [work, setWork] = useState<Work>(() => newWork(items[0]?.id ?? ""));
  const [guide, setGuide] = useState(false);
  const [result, setResult] = useState<string>();
  const { t } = useTranslation("console");
  const finish = () => {
    const sheet = { request: "preview", round: 1, page: 0, contributor: "preview", guideline: 1 };
    const answers = items.map((item) => answerOf(spec, form, item, entryOf(work, item.id), work.ms[item.id] ?? 0));
    setResult(new TextDecoder().decode(encodeAnswers(sheet, spec, answers)));
  };
  return (
    <Loaded query={pick}>
      {(picker) => (
        <>
          {spec.question && (
            <p dir="auto" className="mb-3 text-lg font-medium">
              {spec.question}
            </p>
          )}
          <Workbench form={form} items={items} work={work} update={setWork} readOnly={false} pick={picker} onGuide={() => setGuide(true)} onComplete={finish} />
          <Drawer open={guide} onOpenChange={setGuide} title={t("guide.title")} wide>
            <Markdown text={spec.guidelines ?? t("guide.none")} />
          </Drawer>
          <Dialog open={result !== undefined} onOpenChange={() => setResult(undefined)} title={t("preview.result")} lead={t("preview.resultLead")} wide>
            <pre dir="ltr" className="overflow-x-auto rounded-lg bg-sunken p-3 text-sm whitespace-pre-wrap">
              {result}
            </pre>
          </Dialog>
        </>
      )}
    </Loaded>
  );
}
