import { useEffect, type ComponentType } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import { Badge, Button, Icon, Loading, Page } from "@/design";
import { AskStep } from "./AskStep";
import { FilesStep } from "./FilesStep";
import { GoldStep } from "./GoldStep";
import { GuideStep } from "./GuideStep";
import { drafts, useDraft } from "./keep";
import { gapsOf } from "./problem";
import { ReviewStep } from "./ReviewStep";
import type { StepProps } from "./step";
import { TermsStep } from "./TermsStep";

const steps: { name: string; Step: ComponentType<StepProps> }[] = [
  { name: "files", Step: FilesStep },
  { name: "ask", Step: AskStep },
  { name: "guide", Step: GuideStep },
  { name: "gold", Step: GoldStep },
  { name: "terms", Step: TermsStep },
  { name: "review", Step: ReviewStep },
];

const newName = () => crypto.randomUUID().slice(0, 13);

/** From files to a funded request, in six steps; the draft is kept all along. */
export function WizardPage() {
  const [params, setParams] = useSearchParams();
  const id = params.get("draft");
  useEffect(() => {
    if (id) return;
    // The draft begun last goes on, unless a new one is wanted.
    void drafts.names().then(([last]) => setParams({ draft: last && !params.has("fresh") ? last : newName() }, { replace: true }));
  }, [id, params, setParams]);
  return id ? <Wizard key={id} id={id} /> : <Loading lines={8} />;
}

function Wizard({ id }: { id: string }) {
  const { t } = useTranslation(["wizard", "console"]);
  const { draft, change, saved, remove } = useDraft(id);
  const navigate = useNavigate();
  if (!draft) return <Loading lines={8} />;
  const at = Math.min(draft.step, steps.length - 1);
  const gaps = gapsOf(draft, t);
  const first = gaps.findIndex((gap) => gap !== undefined);
  const open = first < 0 ? gaps.length : first;
  const Step = steps[at]?.Step ?? FilesStep;
  const go = (step: number) => {
    change({ step });
    window.scrollTo({ top: 0 });
  };
  const drop = () => void remove().then(() => navigate("/desk"));
  return (
    <Page
      title={draft.title || t("title")}
      back={{ to: "/desk", label: t("back") }}
      lead={t("lead")}
      actions={
        <>
          <span className="self-center"><Badge icon={saved ? "check" : "clock"}>{t(saved ? "saved" : "saving")}</Badge></span>
          <Button look="quiet" icon="trash" onClick={drop}>{t("drop")}</Button>
        </>
      }
    >
      <nav aria-label={t("steps")} className="overflow-x-auto">
        <ol className="flex gap-1 border-b border-line">
          {steps.map(({ name }, i) => (
            <li key={name}>
              <button
                type="button"
                aria-current={i === at ? "step" : undefined}
                disabled={i > open}
                onClick={() => go(i)}
                className="-mb-px inline-flex min-h-11 cursor-pointer items-center gap-2 border-b-2 border-transparent px-3 whitespace-nowrap -outline-offset-2 disabled:cursor-not-allowed disabled:text-muted aria-[current]:border-accent aria-[current]:font-semibold"
              >
                <span aria-hidden="true" className={`flex size-6 items-center justify-center rounded-full text-sm ${i < open && i !== at ? "bg-accent text-accent-ink" : "border border-line-strong"}`}>
                  {i < open && i !== at ? <Icon name="check" /> : i + 1}
                </span>
                {t(`step.${name}`)}
              </button>
            </li>
          ))}
        </ol>
      </nav>
      <Step draft={draft} change={change} />
      <div className="flex items-center gap-3 border-t border-line pt-4">
        <Button icon="previous" disabled={at === 0} onClick={() => go(at - 1)}>{t("previous")}</Button>
        <p role="status" className="grow text-end text-warn">{gaps[at]}</p>
        {at < steps.length - 1 && <Button look="primary" disabled={at >= open} onClick={() => go(at + 1)}>{t("next")}</Button>}
      </div>
    </Page>
  );
}
