import { queryOptions } from "@tanstack/react-query";
import { get, post } from "./client";
import type { Schemas } from "./types";

/** What signing needs to know of an address. */
export type AccountState = Schemas["Account"];

/** Where the chain and this node are. */
export type Status = Schemas["Status"];

/** An account that anyone may use, on a chain of one machine. */
export interface Sample {
  name: string;
  /** requester or contributor. */
  role: string;
  address: string;
  phrase: string;
}

const path = (address: string) => `/api/v1/accounts/${encodeURIComponent(address)}`;

export const getAccount = (address: string, signal?: AbortSignal) => get<AccountState>(path(address), {}, signal);
export const getStatus = (signal?: AbortSignal) => get<Status>("/api/v1/status", {}, signal);
export const getSamples = async (signal?: AbortSignal) => (await get<{ items: Sample[] }>("/api/v1/samples", {}, signal)).items;

/** Asks the network to pay a newcomer's fees. */
export const welcome = (address: string) => post<unknown>("/api/v1/welcome", { address });

export const accountQuery = (address: string) =>
  queryOptions({ queryKey: ["account", address], queryFn: ({ signal }) => getAccount(address, signal) });

export const statusQuery = queryOptions({
  queryKey: ["status"],
  queryFn: ({ signal }) => getStatus(signal),
  staleTime: 60_000,
});

export const samplesQuery = queryOptions({
  queryKey: ["samples"],
  queryFn: ({ signal }) => getSamples(signal),
  staleTime: Infinity,
});
