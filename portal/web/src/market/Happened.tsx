import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { requestEventsQuery } from "@/api/market";
import type { Event } from "@/api/types";
import { Address, EmptyState, ErrorNote, Loading, Pager, Time } from "@/design";

/** What happened to a request, the newest first. */
export function Happened({ request }: { request: string }) {
  const { t } = useTranslation("market");
  const query = useInfiniteQuery(requestEventsQuery(request));
  if (query.error) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading />;
  const said = ({ stage, action, attributes }: Event) =>
    t(`event.${stage}.${action}`, { defaultValue: `${stage}: ${action}`, ...attributes, state: t(`round.${attributes.state}`, { defaultValue: "" }) });
  const events = query.data.pages.flatMap((page) => page.items);
  if (events.length === 0) return <EmptyState icon="clock" title={t("events.none")} />;
  return (
    <div className="flex flex-col gap-4">
      <ol className="flex flex-col">
        {events.map((event) => (
          <li key={`${event.height}-${event.index}`} className="flex flex-wrap items-baseline gap-x-3 gap-y-1 border-b border-line py-2 last:border-0">
            <span className="w-28 shrink-0 text-sm text-muted">
              {event.tx ? <Link to={`/explorer/txs/${event.tx}`} className="text-muted"><Time at={event.time} /></Link> : <Time at={event.time} />}
            </span>
            <span>{said(event)}</span>
            {event.party && <Address of={event.party} to={`/explorer/parties/${event.party}`} />}
          </li>
        ))}
      </ol>
      <Pager query={query} />
    </div>
  );
}
