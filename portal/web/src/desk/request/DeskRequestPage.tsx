import { useQuery } from "@tanstack/react-query";
import { MsgCancelRequestSchema } from "@gen/proto/alaya/market/v1/tx_pb";
import { MsgCloseRoundSchema } from "@gen/proto/alaya/work/v1/tx_pb";
import { useTranslation } from "react-i18next";
import { useParams, useSearchParams } from "react-router";
import { useEvents } from "@/api/events";
import { requestQuery } from "@/api/market";
import type { Request } from "@/api/types";
import { Badge, LinkButton, Loaded, Note, Page, Tabs } from "@/design";
import { stateTones } from "@/market/RequestCard";
import { termsOf } from "@/market/terms";
import { message, useAccount } from "@/wallet";
import { GoldPanel } from "../gold/OpenGold";
import { SendButton } from "../parts";
import { Bids } from "./Bids";
import { Dashboard } from "./Dashboard";
import { Guidelines } from "./Guidelines";
import { Review } from "./Review";
import { Roster } from "./Roster";

/** A request as its requester sees it. */
export function DeskRequestPage() {
  const { id = "" } = useParams();
  const query = useQuery(requestQuery(id));
  const under = (part: string) => [`/requests/${id}${part}`];
  useEvents({ request: id }, { invalidate: [under(""), under("/dashboard"), under("/bids"), under("/engagements"), ["payouts", id]] });
  return <Loaded query={query} lines={12}>{(request) => <Shown request={request} />}</Loaded>;
}

function Shown({ request }: { request: Request }) {
  const { t } = useTranslation(["desk", "market"]);
  const [params, setParams] = useSearchParams();
  const mine = useAccount()?.address === request.requester;
  const terms = termsOf(request);
  const first = request.state === "open" ? "bids" : "dashboard";
  const props = { request, terms, mine };
  const tabs = [
    { id: "bids", label: t("tab.bids"), content: <Bids {...props} /> },
    { id: "roster", label: t("tab.roster"), content: <Roster {...props} /> },
    { id: "dashboard", label: t("tab.dashboard"), content: <Dashboard {...props} /> },
    { id: "guidelines", label: t("tab.guidelines"), content: <Guidelines {...props} /> },
    { id: "review", label: t("tab.review"), content: <Review {...props} /> },
  ];
  return (
    <Page
      title={request.title}
      back={{ to: "/desk", label: t("title") }}
      lead={<Badge tone={stateTones[request.state]}>{t(`market:state.${request.state}`)}</Badge>}
      actions={<Actions request={request} mine={mine} />}
    >
      {!mine && <Note title={t("notMine")} />}
      {mine && <GoldPanel request={request} terms={terms} />}
      <Tabs
        label={t("tab.all")}
        tabs={tabs}
        value={params.get("tab") ?? first}
        onChange={(tab) => setParams(tab === first ? {} : { tab }, { replace: true, preventScrollReset: true })}
      />
    </Page>
  );
}

function Actions({ request, mine }: { request: Request; mine: boolean }) {
  const { t } = useTranslation("desk");
  const round = request.rounds.find((r) => r.state === "committing");
  return (
    <>
      <LinkButton to={`/requests/${request.id}`} icon="market">{t("public")}</LinkButton>
      {mine && round && round.leased === 0 && round.committed > 0 && (
        <SendButton request={request.id} icon="lock" make={() => message(MsgCloseRoundSchema, { request: request.id, round: round.number })}>
          {t("closeRound", { round: round.number })}
        </SendButton>
      )}
      {mine && request.state === "open" && (
        <SendButton request={request.id} look="danger" icon="close" make={() => message(MsgCancelRequestSchema, { request: request.id })}>
          {t("cancel")}
        </SendButton>
      )}
    </>
  );
}
