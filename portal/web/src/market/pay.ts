import type { RequestTerms } from "@gen/proto/alaya/market/v1/market_pb";
import type { Card } from "@/api/types";

const hour = 3_600_000;

/** Items on a page, on the whole. */
export function pageItems(terms: RequestTerms): number {
  const { pages = [], count = 0n } = terms.manifest ?? {};
  return pages.length > 0 ? Number(count) / pages.length : 1;
}

/** How long one answer takes, by the estimate of the whole page; undefined when nothing is known. */
export function answerMs({ commitment_ms }: Pick<Card, "commitment_ms">, terms: RequestTerms): number | undefined {
  return commitment_ms > 0 ? commitment_ms / pageItems(terms) : undefined;
}

/** Answers that the request may pay for in all. */
export function mostUnits(terms: RequestTerms): number {
  return Number(terms.manifest?.count ?? 0n); // nobody answers an item twice in a round
}

/** What a bid would earn, in ualy, and what that is by the hour. */
export interface Prospect {
  total: string;
  ms: number | undefined;
  hourly: string | undefined;
}

/** The prospect of answering units at a price, all of them right. */
export function prospect(price: string, units: number, ms: number | undefined): Prospect {
  return {
    total: (BigInt(price) * BigInt(Math.max(0, Math.floor(units)))).toString(),
    ms: ms === undefined ? undefined : ms * units,
    hourly: ms ? ((BigInt(price) * BigInt(hour)) / BigInt(Math.max(1, Math.round(ms)))).toString() : undefined,
  };
}

/** Why somebody cannot bid; empty when he can. */
export type Obstacle = "closed" | "deadline" | "invited" | "score" | "language" | "funds" | "own";

interface Bidder {
  address: string;
  balance: string;
  languages: readonly string[];
  /** The public score in the request's skill, in ppm. */
  score: number;
}

/** What keeps a bidder from bidding now, as core/market will judge it. */
export function obstacles(card: Card, terms: RequestTerms, who: Bidder, now: number): Obstacle[] {
  const { score = 0, languages = [], invited = [] } = terms.qualification ?? {};
  const found: [boolean, Obstacle][] = [
    [card.state !== "open", "closed"],
    [card.state === "open" && now > card.bid_deadline, "deadline"],
    [card.requester === who.address, "own"],
    [invited.length > 0 && !invited.includes(who.address), "invited"],
    [who.score < score, "score"],
    [languages.length > 0 && !languages.some((tag) => who.languages.includes(tag)), "language"],
    [BigInt(who.balance) < terms.deposit, "funds"],
  ];
  return found.filter(([is]) => is).map(([, obstacle]) => obstacle);
}

/** One step of the way from bid to pay. */
export interface Moment {
  name: "bids" | "accept" | "answer" | "reveal" | "gold" | "judge" | "review" | "release";
  /** How long it lasts at the most, in milliseconds; undefined: as long as it takes. */
  ms?: number;
  /** When it ends, if that is fixed. */
  until?: number;
}

/** What follows what, from bidding to pay, with the length of each step. */
export function timeline(terms: RequestTerms): Moment[] {
  const w = terms.windows;
  return [
    { name: "bids", until: Number(terms.bidDeadline) },
    { name: "accept", ms: Number(w?.accept ?? 0n) },
    { name: "answer", ms: Number(w?.commit ?? 0n) },
    { name: "reveal", ms: Number(w?.reveal ?? 0n) },
    ...((terms.gold?.count ?? 0) > 0 ? [{ name: "gold" as const, ms: Number(w?.gold ?? 0n) }] : []),
    { name: "judge" },
    { name: "review", ms: Number(w?.review ?? 0n) },
    { name: "release" },
  ];
}
