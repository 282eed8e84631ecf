import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Spinner } from "@/design";
import { MediaFault } from "./fault";
import { MediaProblem } from "./MediaProblem";
import type { LoadedState } from "./useLoaded";

/** What was loaded, or that it is on its way, or why it cannot be shown. */
export function LoadedMedia<T>({ state, onBroken, children }: {
  state: LoadedState<T>;
  onBroken?: () => void;
  children: (data: T) => ReactNode;
}) {
  const { t } = useTranslation("media");
  if (state.fault) return <MediaProblem fault={state.fault} onRetry={state.retry} onBroken={onBroken} />;
  if (state.data !== undefined) return <>{children(state.data)}</>;
  return (
    <p role="status" aria-busy="true" className="flex h-72 items-center justify-center gap-2 rounded-lg border border-line bg-sunken text-muted">
      <Spinner /> {t("loading")}
    </p>
  );
}

/** Where the item has nothing that the control could be about. */
export function NoMedia({ onBroken }: { onBroken?: () => void }) {
  return <MediaProblem fault={new MediaFault("none")} onBroken={onBroken} />;
}
