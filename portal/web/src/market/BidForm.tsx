import { useQuery } from "@tanstack/react-query";
import { MsgPlaceBidSchema } from "@gen/proto/alaya/market/v1/tx_pb";
import type { RequestTerms } from "@gen/proto/alaya/market/v1/market_pb";
import { useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";
import { partyQuery } from "@/api/market";
import type { Request } from "@/api/types";
import { Amount, AmountInput, Button, Fact, Facts, Field, Icon, LinkButton, NumberInput, useFormat, useNow } from "@/design";
import { message, useSend } from "@/wallet";
import { answerMs, mostUnits, obstacles, prospect, type Obstacle } from "./pay";

interface Props {
  request: Request;
  terms: RequestTerms;
  address: string;
}

/** A bid: price, number of answers, and what that comes to. */
export function BidForm({ request, terms, address }: Props) {
  const { t } = useTranslation("market");
  const { aly, number } = useFormat();
  const send = useSend();
  const found = useObstacles({ request, terms, address });
  const most = mostUnits(terms);
  const [price, setPrice] = useState<string | undefined>(request.price_cap);
  const [units, setUnits] = useState<number | undefined>(most);
  const wrongPrice = price === undefined || BigInt(price) < 1n || BigInt(price) > terms.priceCap;
  const wrongUnits = units === undefined || !Number.isInteger(units) || units < 1 || units > most;
  const submit = (e: SyntheticEvent) => {
    e.preventDefault();
    if (wrongPrice || wrongUnits) return;
    const bid = message(MsgPlaceBidSchema, { request: request.id, price: BigInt(price), units: BigInt(units) });
    send([bid], { title: t("bid.place") }).catch(() => undefined);
  };
  if (found.length > 0) return <Obstacles found={found} request={request} />;
  return (
    <form onSubmit={submit} className="flex flex-col gap-3" noValidate>
      <Field label={t("bid.price")} hint={t("bid.cap", { cap: aly(request.price_cap) })} error={wrongPrice && t("bid.wrongPrice", { cap: aly(request.price_cap) })} required>
        <AmountInput value={price} onChange={setPrice} />
      </Field>
      <Field label={t("bid.units")} hint={t("bid.unitsHint", { most: number(most) })} error={wrongUnits && t("bid.wrongUnits", { most: number(most) })} required>
        <NumberInput min={1} max={most} step={1} value={units} onChange={setUnits} />
      </Field>
      {!wrongPrice && !wrongUnits && <Outlook request={request} terms={terms} price={price} units={units} />}
      <Button type="submit" look="primary" disabled={wrongPrice || wrongUnits}>{t("bid.place")}</Button>
    </form>
  );
}

function useObstacles({ request, terms, address }: Props): Obstacle[] {
  const party = useQuery({ ...partyQuery(address), retry: false }).data;
  const now = useNow();
  const score = party?.standings.find((s) => s.skill === request.skill)?.score_ppm ?? noRecord;
  return obstacles(request, terms, { address, balance: party?.balance ?? "0", languages: party?.profile.languages ?? [], score }, now);
}

/** The public score of whoever has no record: the lower 5 % quantile of a flat distribution. */
const noRecord = 50_000;

function Outlook({ request, terms, price, units }: { request: Request; terms: RequestTerms; price: string; units: number }) {
  const { t } = useTranslation("market");
  const { duration } = useFormat();
  const { total, ms, hourly } = prospect(price, units, answerMs(request, terms));
  return (
    <div aria-live="polite" className="rounded-lg bg-sunken p-3">
      <Facts>
        <Fact label={t("bid.total")}><strong><Amount ualy={total} digits={2} /></strong></Fact>
        {ms !== undefined && <Fact label={t("bid.time")}>{duration(ms)}</Fact>}
        {hourly !== undefined && <Fact label={t("perHour")}>≈ <Amount ualy={hourly} digits={2} /></Fact>}
        {request.deposit !== "0" && <Fact label={t("bid.deposit")}><Amount ualy={request.deposit} /></Fact>}
        {request.stake !== "0" && <Fact label={t("bid.stake")}><Amount ualy={request.stake} /></Fact>}
      </Facts>
      <p className="mt-2 text-sm text-muted">{t("bid.ifRight")}</p>
    </div>
  );
}

function Obstacles({ found, request }: { found: Obstacle[]; request: Request }) {
  const { t } = useTranslation("market");
  const { aly, share, language, list } = useFormat();
  const words = {
    skill: request.skill,
    deposit: aly(request.deposit),
    score: share(request.min_score_ppm),
    languages: list(request.languages.map(language)),
  };
  return (
    <>
      <p className="font-medium">{t("obstacle.title")}</p>
      <ul className="flex flex-col gap-2">
        {found.map((obstacle) => (
          <li key={obstacle} className="flex gap-2">
            <Icon name="alert" className="mt-0.5 text-warn" />
            <span>{t(`obstacle.${obstacle}`, words)}</span>
          </li>
        ))}
      </ul>
      {found.includes("language") && <LinkButton to="/work?tab=standing">{t("obstacle.profile")}</LinkButton>}
    </>
  );
}
