import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams, useSearchParams } from "react-router";
import { useEvents } from "@/api/events";
import { requestQuery } from "@/api/market";
import type { Request } from "@/api/types";
import { Amount, Badge, Loaded, Page, Stat, Stats, Tabs, Time, useFormat } from "@/design";
import type { Spec } from "@/records/form";
import { Asked } from "./Asked";
import { Happened } from "./Happened";
import { Progress } from "./Progress";
import { stateTones } from "./RequestCard";
import { Requester } from "./Requester";
import { Rules } from "./Rules";
import { termsOf } from "./terms";
import { TryOut } from "./TryOut";
import { YourPart } from "./YourPart";

/** One request: what is asked, what it pays and when, whom it is for, and one's own part in it. */
export function RequestPage() {
  const { t } = useTranslation("market");
  const { id = "" } = useParams();
  const query = useQuery(requestQuery(id));
  useEvents({ request: id }, { invalidate: [[`/requests/${id}`], [`/requests/${id}/events`]] });
  if (query.data) return <Shown request={query.data} />;
  return (
    <Page title={t("tab.label")} back={{ to: "/", label: t("title") }}>
      <Loaded query={query} lines={12}>{() => null}</Loaded>
    </Page>
  );
}

function Shown({ request }: { request: Request }) {
  const { t } = useTranslation("market");
  const [params, setParams] = useSearchParams();
  const terms = termsOf(request);
  const tabs = [
    { id: "asked", label: t("tab.asked"), content: <Asked request={request} /> },
    { id: "try", label: t("tab.try"), content: <TryOut spec={request.spec as Spec | null} manifest={terms.manifest?.cid ?? ""} /> },
    { id: "rules", label: t("tab.rules"), content: <Rules request={request} terms={terms} /> },
    { id: "progress", label: t("tab.progress"), content: <Progress request={request} /> },
    { id: "events", label: t("tab.events"), content: <Happened request={request.id} /> },
  ];
  return (
    <Page
      title={request.title}
      back={{ to: "/", label: t("title") }}
      lead={<span dir="auto">{request.summary}</span>}
      actions={<Badge tone={stateTones[request.state]}>{t(`state.${request.state}`)}</Badge>}
    >
      <Figures request={request} />
      <div className="grid items-start gap-x-6 gap-y-4 lg:grid-cols-[1fr_21rem] lg:grid-rows-[auto_1fr]">
        <aside aria-label={t("part.label")} className="lg:col-start-2">
          <YourPart request={request} terms={terms} />
        </aside>
        <div className="min-w-0 lg:col-start-1 lg:row-span-2 lg:row-start-1">
          <Tabs
            label={t("tab.label")}
            tabs={tabs}
            value={params.get("tab") ?? "asked"}
            onChange={(tab) => setParams(tab === "asked" ? {} : { tab }, { replace: true, preventScrollReset: true })}
          />
        </div>
        <Requester request={request} />
      </div>
    </Page>
  );
}

function Figures({ request }: { request: Request }) {
  const { t } = useTranslation("market");
  const { number, duration } = useFormat();
  const open = request.state === "open";
  return (
    <Stats>
      <Stat label={t("perAnswer")} value={<Amount ualy={request.price_cap} />} hint={t("atMost")} />
      <Stat
        label={t("perHour")}
        value={request.hourly_estimate === "0" ? "–" : <>≈ <Amount ualy={request.hourly_estimate} digits={2} /></>}
        hint={t("byOthers")}
      />
      <Stat label={t("perPage")} value={request.commitment_ms > 0 ? duration(request.commitment_ms) : "–"} />
      <Stat label={t("items")} value={number(request.items)} />
      <Stat label={open ? t("bidsClose") : t("delivery")} value={<Time at={open ? request.bid_deadline : request.delivery_deadline} />} />
      {open && <Stat label={t("bids")} value={number(request.bids)} />}
    </Stats>
  );
}
