import { useTranslation } from "react-i18next";
import { Button, Icon, useFormat } from "@/design";
import type { MediaFault } from "./fault";

/** Says why media cannot be shown, what to do, and offers to skip the item. */
export function MediaProblem({ fault, onRetry, onBroken }: { fault: MediaFault; onRetry?: () => void; onBroken?: () => void }) {
  const { t } = useTranslation("media");
  const { number } = useFormat();
  const values = Object.fromEntries(Object.entries(fault.values).map(([k, v]) => [k, typeof v === "number" ? number(v) : v]));
  const again = fault.trouble === "network" || fault.trouble === "missing";
  return (
    <div role="alert" className="flex gap-3 rounded-lg border border-bad bg-bad-soft p-4">
      <Icon name="alert" className="mt-0.5 text-bad" />
      <div className="flex min-w-0 grow flex-col gap-2">
        <p className="font-medium">{t(`fault.${fault.trouble}`, values)}</p>
        {typeof fault.values.why === "string" && (
          <p dir="auto" className="text-sm text-muted">
            {fault.values.why}
          </p>
        )}
        <div className="flex flex-wrap gap-2">
          {again && onRetry && <Button onClick={onRetry}>{t("retry")}</Button>}
          {onBroken && (
            <Button look="primary" onClick={onBroken}>
              {t("skip_broken")}
            </Button>
          )}
        </div>
      </div>
    </div>
  );
}
