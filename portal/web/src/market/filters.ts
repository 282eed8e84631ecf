import type { Query } from "@/api/client";
import type { Card } from "@/api/types";
import { parseAly } from "@/design/format";

/** What one looks for, as the page's URL holds it: all texts, "" for anything. */
export interface Filters {
  q: string;
  skill: string;
  modality: string;
  language: string;
  answer_type: string;
  /** "open", another state, or "all". */
  state: string;
  /** In ALY: the least pay of an answer and of an hour. */
  pay: string;
  hourly: string;
  /** The most minutes that a page takes. */
  minutes: string;
  /** Bidding closes within so many hours. */
  within: string;
  /** The most of the requester's contests that may have been overturned, in percent. */
  overturned: string;
  sort: string;
}

export const noFilters: Filters = {
  q: "", skill: "", modality: "", language: "", answer_type: "", state: "open",
  pay: "", hourly: "", minutes: "", within: "", overturned: "", sort: "new",
};

export const modalities = ["text", "image", "audio", "video", "cloud", "series", "dialogue", "mixed"] as const;
export const answerTypes = [
  "choice", "choices", "path", "rating", "number", "text", "span", "box", "polygon", "keypoint", "mask",
  "interval", "track", "cuboid", "preference", "ranking",
] as const;
export const states = ["open", "matched", "working", "settling", "closed", "all"] as const;
export const sorts = ["new", "pay", "hourly", "deadline"] as const;

type Name = keyof Filters;
const names = Object.keys(noFilters) as Name[];

export function readFilters(params: URLSearchParams): Filters {
  return { ...noFilters, ...Object.fromEntries(names.filter((n) => params.has(n)).map((n) => [n, params.get(n) ?? ""])) };
}

/** Only what differs from no filter, so that a plain list has a plain address. */
export function writeFilters(filters: Filters): Record<string, string> {
  return Object.fromEntries(names.filter((n) => filters[n] !== noFilters[n]).map((n) => [n, filters[n]]));
}

/** How many filters are set, besides search and order. */
export function countFilters(filters: Filters): number {
  return Object.keys(writeFilters(filters)).filter((n) => n !== "q" && n !== "sort").length;
}

const hour = 3_600_000;

/** What the gateway is asked for. */
export function queryOf(f: Filters, now: number): Query {
  return {
    q: f.q, skill: f.skill.trim(), modality: f.modality, language: f.language, answer_type: f.answer_type,
    state: f.state === "all" ? "" : f.state,
    min_pay: parseAly(f.pay), min_hourly: parseAly(f.hourly),
    deadline_before: positive(f.within) ? Math.floor(now / hour + positive(f.within)) * hour : undefined,
    sort: f.sort === "new" ? "" : f.sort,
  };
}

function positive(text: string): number {
  const value = Number(text);
  return value > 0 ? value : 0;
}

/** What the gateway cannot be asked for: how long a page takes, and the requester's standing. */
export function fits(card: Card, f: Filters): boolean {
  const minutes = positive(f.minutes);
  const share = f.overturned === "" ? 100 : Number(f.overturned);
  return (
    (!minutes || (card.commitment_ms > 0 && card.commitment_ms <= minutes * 60_000)) &&
    card.requester_standing.overturned_ppm <= share * 10_000
  );
}
