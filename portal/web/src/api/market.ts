import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { get, type PageOf, type Query } from "./client";
import type { Card, Earnings, Engagement, Event, Party, Request, Work } from "./types";

const base = "/api/v1";

/** A list in pieces, each asked for with the cursor of the one before. */
export function listQuery<T>(path: string, query: Query = {}) {
  return infiniteQueryOptions({
    queryKey: [path, query],
    queryFn: ({ pageParam, signal }) => get<PageOf<T>>(`${base}${path}`, { ...query, cursor: pageParam }, signal),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next || undefined,
  });
}

const one = <T>(path: string) =>
  queryOptions({ queryKey: [path], queryFn: ({ signal }) => get<T>(`${base}${path}`, {}, signal) });

export const requestsQuery = (query: Query) => listQuery<Card>("/requests", query);
export const requestQuery = (id: string) => one<Request>(`/requests/${id}`);
export const requestEventsQuery = (id: string) => listQuery<Event>(`/requests/${id}/events`, { limit: 50 });
export const engagementsQuery = (id: string) => listQuery<Engagement>(`/requests/${id}/engagements`, { limit: 100 });
export const partyQuery = (address: string) => one<Party>(`/parties/${address}`);
export const workQuery = (address: string) => one<Work>(`/parties/${address}/work`);
export const earningsQuery = (address: string) => one<Earnings>(`/parties/${address}/earnings`);
