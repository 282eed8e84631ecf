import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./Button";
import { Icon, type IconName } from "./Icon";

/** Where nothing is yet: says why, and what to do next. */
export function EmptyState({ title, icon = "info", children, action }: {
  title: ReactNode;
  icon?: IconName;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-center gap-2 rounded-xl border border-dashed border-line-strong px-6 py-10 text-center">
      <Icon name={icon} className="text-2xl text-muted" />
      <p className="font-medium">{title}</p>
      {children && <div className="max-w-prose text-muted">{children}</div>}
      {action && <div className="mt-2 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}

/** The kind of an error, when it comes from the gateway or the chain. */
function kindOf(error: unknown): string {
  return typeof error === "object" && error && "kind" in error && typeof error.kind === "string" ? error.kind : "internal";
}

const known = ["invalid", "not found", "exists", "forbidden", "state", "funds", "limit", "internal", "offline", "cancelled", "locked"];

/** What happened and what to do next; the gateway's own words below. */
export function ErrorNote({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation("design");
  const kind = kindOf(error);
  return (
    <div role="alert" className="flex gap-3 rounded-lg border border-bad bg-bad-soft p-3">
      <Icon name="alert" className="mt-0.5 text-bad" />
      <div className="min-w-0 grow">
        <p className="font-medium">{t(`error.${known.includes(kind) ? kind : "internal"}`)}</p>
        <p dir="auto" className="text-sm">
          {error instanceof Error ? error.message : String(error)}
        </p>
        {onRetry && (
          <Button className="mt-2" onClick={onRetry}>
            {t("retry")}
          </Button>
        )}
      </div>
    </div>
  );
}

/** Grey lines in place of what is on its way. */
export function Loading({ lines = 4, label }: { lines?: number; label?: string }) {
  const { t } = useTranslation("design");
  return (
    <div role="status" aria-busy="true" className="flex animate-pulse flex-col gap-3 py-2">
      <span className="sr-only">{label ?? t("loading")}</span>
      {Array.from({ length: lines }, (_, i) => (
        <span key={i} aria-hidden="true" className={`h-5 rounded bg-line/60 ${i % 3 === 2 ? "w-1/2" : "w-full"}`} />
      ))}
    </div>
  );
}

/** What a query gave, or that it is on its way, or why it failed. */
export function Loaded<T>({ query, lines, children }: {
  query: UseQueryResult<T>;
  lines?: number;
  children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />;
  return <Loading lines={lines} />;
}
