import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Data } from "@/console/view/Data";
import { dataOf } from "@/console/view/shape";
import { Dialog, Loaded } from "@/design";
import type { Item } from "@/records/form";
import { lines } from "../gold/asked";

/** One item that answers disagree on, as contributors saw it. */
export function ItemDialog({ manifest, id, onClose }: { manifest: string; id: string; onClose: () => void }) {
  const { t } = useTranslation("desk");
  const query = useQuery({ queryKey: ["items", manifest], queryFn: () => lines<Item>(manifest), staleTime: Infinity });
  return (
    <Dialog open onOpenChange={onClose} title={<bdi>{id}</bdi>} wide>
      <Loaded query={query}>
        {(items) => {
          const item = items.find((i) => i.id === id);
          const shown = item ? Object.entries(dataOf(item)) : [];
          if (shown.length === 0) return <p className="text-muted">{t("contested.bare")}</p>;
          return (
            <dl className="flex flex-col gap-3">
              {shown.map(([key, value]) => (
                <div key={key}>
                  <dt className="text-sm text-muted"><bdi>{key}</bdi></dt>
                  <dd><Data value={value} name={key} /></dd>
                </div>
              ))}
            </dl>
          );
        }}
      </Loaded>
    </Dialog>
  );
}
