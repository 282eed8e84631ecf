import { queryOptions } from "@tanstack/react-query";
import { get, post } from "./client";
import { Fault } from "./error";
import { listQuery } from "./market";
import type { Card, Schemas } from "./types";

export type Status = Schemas["Status"];
export type Dashboard = Schemas["Dashboard"];
export type Forecast = Schemas["Forecast"];
export type Outlook = Schemas["Outlook"];
export type Drafted = Schemas["Drafted"];
export type Verdict = Schemas["Verdict"];

const base = "/api/v1";

export const statusQuery = queryOptions({
  queryKey: ["/status"],
  queryFn: ({ signal }) => get<Status>(`${base}/status`, {}, signal),
  staleTime: 60_000,
});

export const dashboardQuery = (id: string) =>
  queryOptions({
    queryKey: [`/requests/${id}/dashboard`],
    queryFn: ({ signal }) => get<Dashboard>(`${base}/requests/${encodeURIComponent(id)}/dashboard`, {}, signal),
  });

export const bidsQuery = (id: string) => listQuery<Schemas["Bid"]>(`/requests/${encodeURIComponent(id)}/bids`, { limit: 100 });
export const myRequestsQuery = (requester: string) => listQuery<Card>("/requests", { requester, limit: 50 });

/** What a campaign would cost and bring; equal questions have equal answers. */
export const forecastQuery = (asked: Forecast) =>
  queryOptions({
    queryKey: ["/forecast", asked],
    queryFn: ({ signal }) => post<Outlook>(`${base}/forecast`, asked, signal),
    staleTime: Infinity,
    placeholderData: (before) => before,
  });

/** Reads a draft in YAML, of so many items, as the command line does. */
export const checkDraft = (yaml: string, items: number, signal?: AbortSignal) => post<Drafted>(`${base}/drafts`, { yaml, items }, signal);

/** A payout as the chain has it; amounts in ualy. */
export interface Payout {
  entry: { contributor: string; answers: string; amount: string; skill: number; factor: number; worthless: boolean };
  state: string;
}

/** A settlement with its payouts and contests, from the chain itself. */
export interface Settled {
  state: string;
  release_at: string;
  total: string;
  released: string;
  due: number;
  holds: boolean;
  payouts: Payout[];
  contests: { contributor: string; reason: string; evidence: string; deadline: string }[];
}

async function settled(id: string, milestone: number, signal: AbortSignal): Promise<Settled | null> {
  const path = `/alaya/settle/v1/settlements/${encodeURIComponent(id)}/${milestone}`;
  try {
    const [{ settlement }, { payouts }, { contests }] = await Promise.all([
      get<{ settlement: Omit<Settled, "payouts" | "contests"> }>(path, {}, signal),
      get<{ payouts: Payout[] }>(`${path}/payouts`, { "pagination.limit": 1000 }, signal),
      get<{ contests: Settled["contests"] }>(`${path}/contests`, { "pagination.limit": 1000 }, signal),
    ]);
    return { ...settlement, payouts, contests };
  } catch (error) {
    if (error instanceof Fault && error.kind === "not found") return null;
    throw error;
  }
}

/** Null: no verdict has settled the milestone yet. */
export const settledQuery = (id: string, milestone: number) =>
  queryOptions({ queryKey: ["payouts", id, milestone], queryFn: ({ signal }) => settled(id, milestone, signal) });
