import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { send } from "@/api/client";
import { EmptyState, ErrorNote, Loading, Note } from "@/design";
import type { Item, Spec } from "@/records/form";
import { wholeLines } from "./lines";

const Preview = lazy(() => import("@/console/preview/Preview").then((m) => ({ default: m.Preview })));

const most = 3;
/** How much of the manifest is read: items are a few kilobytes at the most. */
const piece = 1 << 18;

async function firstItems(manifest: string, signal: AbortSignal): Promise<Item[]> {
  const response = await send(`/blob/${manifest}`, { signal, headers: { Range: `bytes=0-${piece - 1}` } });
  return wholeLines(await response.text(), response.status !== 206).slice(0, most).map((line) => JSON.parse(line) as Item);
}

/** The first items of a request in the console itself: nothing is handed in. */
export function TryOut({ spec, manifest }: { spec: Spec | null; manifest: string }) {
  const { t } = useTranslation("market");
  const items = useQuery({ queryKey: ["try", manifest], queryFn: ({ signal }) => firstItems(manifest, signal), staleTime: Infinity });
  if (items.error) return <ErrorNote error={items.error} onRetry={() => void items.refetch()} />;
  if (!items.data) return <Loading lines={8} />;
  if (!spec || items.data.length === 0) return <EmptyState icon="requests" title={t("asked.missing")}>{t("asked.missingText")}</EmptyState>;
  return (
    <div className="flex flex-col gap-4">
      <Note>{t("try.note")}</Note>
      <Suspense fallback={<Loading lines={8} />}>
        <Preview spec={spec} items={items.data} />
      </Suspense>
    </div>
  );
}
