import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { MsgAwardSchema } from "@gen/proto/alaya/market/v1/tx_pb";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { bidsQuery } from "@/api/desk";
import { partyQuery } from "@/api/market";
import type { Bid } from "@/api/types";
import { Address, Amount, Badge, Card, Checkbox, EmptyState, Fact, Facts, Loading, Meter, Pager, Ppm, Section, Table, Time, useFormat, type Column, type Tone } from "@/design";
import { message } from "@/wallet";
import { SendButton } from "../parts";
import { coverOf } from "./cover";
import type { PartProps } from "./props";

/** The most bidders that one award names. */
const mostBidders = 2000;

/** The bids, what a choice of them covers, and the award. */
export function Bids({ request, terms, mine }: PartProps) {
  const { t } = useTranslation("desk");
  const query = useInfiniteQuery(bidsQuery(request.id));
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [more, setMore] = useState(false);
  if (!query.data) return <Loading lines={6} />;
  const bids = query.data.pages.flatMap((p) => p.items);
  if (bids.length === 0) return <EmptyState icon="bell" title={t("bids.none")}>{t("bids.noneText")}</EmptyState>;
  const choosing = mine && request.state === "open" && request.matching === "manual";
  const open = bids.filter((b) => b.state === "open");
  const picked = open.filter((b) => chosen.includes(b.bidder));
  const toggle = (bidder: string, on: boolean) => setChosen((all) => (on ? [...all, bidder] : all.filter((b) => b !== bidder)));
  return (
    <div className="flex flex-col gap-6">
      <BidTable bids={bids} skill={request.skill} chosen={chosen} onToggle={choosing ? toggle : undefined} />
      <Pager query={query} />
      <CoverCard bids={picked.length > 0 ? picked : bids.filter((b) => b.state === "open" || b.state === "awarded")} all={picked.length === 0} request={request} terms={terms} mine={mine} />
      {choosing && (
        <Section title={t("award.title")} lead={t("award.lead")}>
          <Checkbox label={t("award.all")} checked={picked.length === open.length} onChange={(on) => setChosen(on ? open.map((b) => b.bidder) : [])} />
          <Checkbox label={t("award.more")} hint={t("award.moreHint")} checked={more} onChange={setMore} />
          <div className="flex flex-wrap gap-2">
            <SendButton
              request={request.id}
              look="primary"
              icon="check"
              disabled={picked.length === 0 || picked.length > mostBidders}
              make={() => message(MsgAwardSchema, { request: request.id, bidders: picked.map((b) => b.bidder), more })}
              onSent={() => setChosen([])}
            >
              {t("award.do", { count: picked.length })}
            </SendButton>
          </div>
        </Section>
      )}
    </div>
  );
}

const tones: Record<Bid["state"], Tone> = { open: "info", awarded: "good", rejected: "plain", withdrawn: "plain", expired: "plain" };

function BidTable({ bids, skill, chosen, onToggle }: {
  bids: readonly Bid[];
  skill: string;
  chosen: readonly string[];
  onToggle?: (bidder: string, on: boolean) => void;
}) {
  const { t } = useTranslation(["desk", "home"]);
  const { number } = useFormat();
  const columns: Column<Bid>[] = [
    ...(onToggle ? [{ key: "pick", header: t("award.choose"), cell: (b: Bid) => b.state === "open" && <Pick bid={b} on={chosen.includes(b.bidder)} onToggle={onToggle} /> }] : []),
    { key: "who", header: t("bids.bidder"), cell: (b) => <Address of={b.bidder} name={b.name} to={`/explorer/parties/${b.bidder}`} /> },
    { key: "price", header: t("bids.price"), cell: (b) => <Amount ualy={b.price} />, sort: (b) => BigInt(b.price), align: "end" },
    { key: "units", header: t("bids.units"), cell: (b) => number(b.units), sort: (b) => b.units, align: "end" },
    { key: "score", header: t("bids.standing"), cell: (b) => <StandingOf bid={b} skill={skill} />, sort: (b) => b.score_ppm },
    { key: "at", header: t("bids.placed"), cell: (b) => <Time at={b.placed_at} />, sort: (b) => b.placed_at },
    { key: "state", header: t("state"), cell: (b) => <Badge tone={tones[b.state]}>{t(`home:bid.${b.state}`)}</Badge>, sort: (b) => b.state },
  ];
  return <Table caption={t("tab.bids")} columns={columns} rows={bids} rowKey={(b) => b.bidder} />;
}

function Pick({ bid, on, onToggle }: { bid: Bid; on: boolean; onToggle: (bidder: string, on: boolean) => void }) {
  const { t } = useTranslation("desk");
  return <Checkbox label={<span className="sr-only">{t("award.chooseOne", { name: bid.name || bid.bidder })}</span>} checked={on} onChange={(to) => onToggle(bid.bidder, to)} />;
}

/** A score is the lower 5 % bound of what is known of somebody: the more answers, the closer to the truth. */
function StandingOf({ bid, skill }: { bid: Bid; skill: string }) {
  const { t } = useTranslation("desk");
  const { share, number } = useFormat();
  const party = useQuery({ ...partyQuery(bid.bidder), staleTime: 60_000 }).data;
  const standing = party?.standings.find((s) => s.skill === skill);
  if (!party) return null;
  if (!standing) return <span className="text-muted">{t("bids.noRecord")}</span>;
  return (
    <span className="inline-flex min-w-44 flex-col gap-1">
      <span>
        {t("bids.atLeast")} <Ppm value={bid.score_ppm} digits={0} />{" "}
        <span className="text-muted">{t("bids.verified", { count: standing.answers, n: number(standing.answers) })}</span>
      </span>
      <Meter label={t("bids.standing")} value={bid.score_ppm} text={share(bid.score_ppm)} />
    </span>
  );
}

function CoverCard({ bids, all, request, terms }: PartProps & { bids: readonly Bid[]; all: boolean }) {
  const { t } = useTranslation("desk");
  const { number, aly } = useFormat();
  const { min, max } = terms.redundancy ?? { min: 1, max: 1 };
  const cover = coverOf(bids, request.items, { min, max });
  const enough = cover.offered >= cover.first && bids.length >= min;
  return (
    <Section title={t("cover.title")} lead={t(all ? "cover.all" : "cover.chosen", { count: bids.length })}>
      <Card className="flex flex-col gap-3">
        <Meter label={t("cover.title")} value={cover.offered} max={Math.max(cover.most, cover.offered, 1)} threshold={cover.first} text={t("cover.answers", { offered: number(cover.offered), first: number(cover.first), most: number(cover.most) })} />
        <p className={enough ? "" : "font-medium text-warn"}>
          {t("cover.answers", { offered: number(cover.offered), first: number(cover.first), most: number(cover.most) })} {!enough && t("cover.short", { count: min })}
        </p>
        <Facts>
          <Fact label={t("cover.price")}>{aly(cover.price.toString())}</Fact>
          <Fact label={t("cover.cost")}>{aly(cover.low.toString(), 2)} – {aly(cover.high.toString(), 2)}</Fact>
          <Fact label={t("cover.budget")}>
            <span className={cover.low > BigInt(request.budget) ? "font-medium text-bad" : ""}>{aly(request.budget, 2)}</span>
          </Fact>
        </Facts>
      </Card>
    </Section>
  );
}
