import { useQuery } from "@tanstack/react-query";
import { MsgAcceptEngagementSchema, MsgWithdrawBidSchema } from "@gen/proto/alaya/market/v1/tx_pb";
import type { RequestTerms } from "@gen/proto/alaya/market/v1/market_pb";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useEvents } from "@/api/events";
import { workQuery } from "@/api/market";
import type { Assignment, Bid, Request } from "@/api/types";
import { Amount, Button, Card, Countdown, Fact, Facts, Icon, LinkButton, Loaded, Note, Time, useFormat } from "@/design";
import { message, useAccount, useSend } from "@/wallet";
import { BidForm } from "./BidForm";
import { checkHandshake } from "./terms";

interface Props {
  request: Request;
  terms: RequestTerms;
}

/** What one can do here: bid, withdraw, accept, begin, go on. */
export function YourPart({ request, terms }: Props) {
  const { t } = useTranslation("market");
  const account = useAccount();
  if (!account) {
    return (
      <Part title={t("part.bid")}>
        <p className="text-muted">{t(request.state === "open" ? "part.noAccount" : "obstacle.closed")}</p>
        {request.state === "open" && <LinkButton to="/wallet" look="primary" icon="account">{t("how.start")}</LinkButton>}
      </Part>
    );
  }
  if (account.address === request.requester) {
    return (
      <Part title={t("part.yours")}>
        <LinkButton to={`/desk/requests/${request.id}`} look="primary" icon="requests">{t("part.desk")}</LinkButton>
      </Part>
    );
  }
  return <Mine key={account.address} address={account.address} request={request} terms={terms} />;
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card as="section" className="flex flex-col gap-3">
      <h2 className="text-lg font-semibold">{title}</h2>
      {children}
    </Card>
  );
}

function Mine({ address, request, terms }: Props & { address: string }) {
  const query = useQuery(workQuery(address));
  useEvents({ request: request.id }, { invalidate: [workQuery(address).queryKey] });
  return (
    <Loaded query={query} lines={5}>
      {(work) => {
        const engagement = work.engagements.find((e) => e.request === request.id);
        const bid = work.bids.find((b) => b.request === request.id);
        if (engagement?.state === "offered") return <Offer engagement={engagement} terms={terms} />;
        if (engagement) return <Engaged engagement={engagement} />;
        if (bid) return <Placed bid={bid} request={request} />;
        return <Offered request={request} terms={terms} address={address} />;
      }}
    </Loaded>
  );
}

function Offered({ request, terms, address }: Props & { address: string }) {
  const { t } = useTranslation("market");
  return (
    <Part title={t("part.bid")}>
      <BidForm request={request} terms={terms} address={address} />
    </Part>
  );
}

function Placed({ bid, request }: { bid: Bid; request: Request }) {
  const { t } = useTranslation("market");
  const { number } = useFormat();
  const send = useSend();
  return (
    <Part title={t(`bid.state.${bid.state}`)}>
      <p className="text-muted">{t(`bid.next.${bid.state}`)}</p>
      <Facts>
        <Fact label={t("bid.price")}><Amount ualy={bid.price} /></Fact>
        <Fact label={t("bid.units")}>{number(bid.units)}</Fact>
        {bid.deposit !== "0" && <Fact label={t("bid.deposit")}><Amount ualy={bid.deposit} /></Fact>}
        {bid.state === "open" && <Fact label={t("bidsClose")}><Time at={request.bid_deadline} /></Fact>}
      </Facts>
      {bid.state === "open" && (
        <Button
          icon="undo"
          onClick={() => void send([message(MsgWithdrawBidSchema, { request: bid.request })], { title: t("bid.withdraw") }).catch(() => undefined)}
        >
          {t("bid.withdraw")}
        </Button>
      )}
    </Part>
  );
}

function Offer({ engagement, terms }: { engagement: Assignment; terms: RequestTerms }) {
  const { t } = useTranslation("market");
  const { number } = useFormat();
  const send = useSend();
  const hash = useQuery({
    queryKey: ["handshake", engagement.request, engagement.contributor, engagement.terms_hash],
    queryFn: async () => (await checkHandshake(terms, engagement)) ?? null,
    staleTime: Infinity,
  });
  const accept = (termsHash: Uint8Array) =>
    send([message(MsgAcceptEngagementSchema, { request: engagement.request, termsHash })], { title: t("offer.accept") });
  return (
    <Part title={t("offer.title")}>
      <p>{t("offer.text")}</p>
      <Facts>
        <Fact label={t("bid.price")}><Amount ualy={engagement.price} /></Fact>
        <Fact label={t("bid.units")}>{number(engagement.units)}</Fact>
        <Fact label={t("offer.stake")}><Amount ualy={engagement.stake} /></Fact>
        <Fact label={t("offer.until")}><Countdown until={engagement.accept_by} /></Fact>
      </Facts>
      {hash.data === null && <Note tone="bad" title={t("offer.mismatch")}>{t("offer.mismatchText")}</Note>}
      {hash.data && (
        <p className="flex gap-2 text-sm text-muted">
          <Icon name="shield" className="mt-0.5 text-good" /> {t("offer.checked")}
        </p>
      )}
      <Button
        look="primary"
        icon="check"
        disabled={!hash.data}
        onClick={() => {
          if (hash.data) void accept(hash.data).catch(() => undefined);
        }}
      >
        {t("offer.accept")}
      </Button>
    </Part>
  );
}

function Engaged({ engagement: e }: { engagement: Assignment }) {
  const { t } = useTranslation("market");
  const { number } = useFormat();
  const working = e.state === "active" && e.round_state === "committing" && !e.suspended;
  return (
    <Part title={t(`engaged.${e.state}`)}>
      <Facts>
        <Fact label={t("bid.price")}><Amount ualy={e.price} /></Fact>
        <Fact label={t("engaged.done")}>{t("engaged.of", { done: number(e.done), units: number(e.units) })}</Fact>
        {working && e.deadline > 0 && <Fact label={t("engaged.ends")}><Countdown until={e.deadline} /></Fact>}
      </Facts>
      {e.suspended && <Note tone="warn" title={t("engaged.suspended")}>{t("engaged.suspendedText")}</Note>}
      {working ? (
        <LinkButton to={`/console/${e.request}`} look="primary" icon="play">{e.open_leases.length > 0 ? t("engaged.goOn") : t("engaged.start")}</LinkButton>
      ) : (
        <>
          <p className="text-muted">{t(e.state === "active" ? "engaged.wait" : "engaged.over")}</p>
          <LinkButton to="/work" icon="work">{t("engaged.work")}</LinkButton>
        </>
      )}
    </Part>
  );
}
