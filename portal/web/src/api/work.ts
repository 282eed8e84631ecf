import type { components } from "@gen/api";
import { queryOptions } from "@tanstack/react-query";
import { get, post, send } from "./client";
import { Fault } from "./error";
import type { Item, Spec } from "@/records/form";

type Schemas = components["schemas"];

/** A page that a contributor holds, and until when. */
export interface Lease {
  request: string;
  round: number;
  page: number;
  /** By the chain's clock. */
  expires: number;
  /** Version of the guidelines that the answers are judged by. */
  guideline: number;
}

/** What a page asks. */
export type WorkPage = Omit<Schemas["WorkPage"], "items"> & { items: Item[] };
export type WorkRequest = Schemas["Request"];
/** All that a contributor has in hand. */
export type PartyWork = Schemas["Work"];
export type Assignment = Schemas["Assignment"];
export type WorkSubmission = Schemas["Submission"];

/** Where a round stands. */
export type RoundState = Schemas["Round"]["state"];

const request = (id: string) => `/api/v1/requests/${encodeURIComponent(id)}`;

/** The leases of a contributor, from the chain itself: the index may lag behind. */
export async function getLeases(contributor: string, of: string, signal?: AbortSignal): Promise<Lease[]> {
  const path = `/alaya/work/v1/contributors/${encodeURIComponent(contributor)}/leases`;
  const { leases } = await get<{ leases: (Omit<Lease, "expires"> & { expires: string })[] }>(path, { request: of }, signal);
  return leases
    .map((lease) => ({ ...lease, expires: Number(lease.expires) }))
    .sort((a, b) => a.expires - b.expires || a.page - b.page);
}

/** The state of a round, from the chain itself. */
export async function getRoundState(of: string, round: number, signal?: AbortSignal): Promise<RoundState> {
  const path = `/alaya/work/v1/requests/${encodeURIComponent(of)}/rounds/${round}`;
  const body = await get<{ round: { state: string } }>(path, {}, signal);
  return body.round.state.replace("ROUND_STATE_", "").toLowerCase() as RoundState;
}

/** Reads the spec of one version of the guidelines. */
export async function getSpec(cid: string, signal?: AbortSignal): Promise<Spec> {
  const response = await send(`/blob/${encodeURIComponent(cid)}`, { signal });
  return (await response.json()) as Spec;
}

/** Puts bytes where validators find them; returns their content id. */
export async function putBlob(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return (await post<{ cid: string }>("/blob", bytes)).cid;
}

/** What opens a commitment. */
export interface RelayOpening {
  request: string;
  round: number;
  page: number;
  contributor: string;
  /** Base64. */
  content: string;
  /** Hex. */
  salt: string;
}

/** Lets the node open a commitment when its round comes to that; false: this node does so for nobody. */
export async function relay(opening: RelayOpening): Promise<boolean> {
  try {
    await send("/api/v1/relay", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(opening) });
    return true;
  } catch (error) {
    if (error instanceof Fault && error.kind === "not found") return false;
    throw error;
  }
}

export const leasesQuery = (contributor: string, of: string) =>
  queryOptions({ queryKey: ["leases", contributor, of], queryFn: ({ signal }) => getLeases(contributor, of, signal) });

/** A page never changes. */
export const pageQuery = ({ request: of, round, page }: Pick<Lease, "request" | "round" | "page">) =>
  queryOptions({
    queryKey: ["page", of, round, page],
    queryFn: ({ signal }) => get<WorkPage>(`${request(of)}/rounds/${round}/pages/${page}`, {}, signal),
    staleTime: Infinity,
  });

export const workRequestQuery = (of: string) =>
  queryOptions({ queryKey: ["request", of], queryFn: ({ signal }) => get<WorkRequest>(request(of), {}, signal) });

/** A spec is named by its hash: it never changes. */
export const specQuery = (cid: string) =>
  queryOptions({ queryKey: ["spec", cid], queryFn: ({ signal }) => getSpec(cid, signal), staleTime: Infinity, enabled: cid !== "" });

export const partyWorkQuery = (address: string) =>
  queryOptions({
    queryKey: ["party", address, "work"],
    queryFn: ({ signal }) => get<PartyWork>(`/api/v1/parties/${encodeURIComponent(address)}/work`, {}, signal),
    enabled: address !== "",
  });
