import { queryOptions } from "@tanstack/react-query";
import { get, post } from "./client";
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

/** Reads a draft in YAML as the command line does. */
export const checkDraft = (yaml: string, signal?: AbortSignal) => post<Drafted>(`${base}/drafts`, { yaml }, signal);
