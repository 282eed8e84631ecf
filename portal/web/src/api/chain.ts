import { queryOptions } from "@tanstack/react-query";
import type { RecordProof } from "@/proof/verify";
import { get, type PageOf } from "./client";
import { listQuery } from "./market";
import type { Schemas } from "./types";

export type Block = Schemas["Block"];
export type Tx = Schemas["Tx"];
export type Found = Schemas["Found"];
export type Validator = Schemas["Validator"];
export type VerdictDetail = Schemas["VerdictDetail"];

const base = "/api/v1";

const one = <T>(path: string) =>
  queryOptions({ queryKey: [path], queryFn: ({ signal }) => get<T>(`${base}${path}`, {}, signal) });

export const blocksQuery = (limit: number) => listQuery<Block>("/blocks", { limit });
export const txsQuery = (filter: { party?: string; stage?: string; limit: number }) => listQuery<Tx>("/txs", filter);
export const blockQuery = (height: string) => one<Schemas["BlockDetail"]>(`/blocks/${encodeURIComponent(height)}`);
export const txQuery = (hash: string) => one<Schemas["TxDetail"]>(`/txs/${encodeURIComponent(hash)}`);
export const validatorsQuery = one<PageOf<Validator>>("/validators");
export const planeQuery = one<Schemas["Plane"]>("/plane");

export const verdictQuery = (request: string, round: string) =>
  one<VerdictDetail>(`/verdicts/${encodeURIComponent(request)}/${encodeURIComponent(round)}`);

export const searchQuery = (q: string) => ({ ...listQuery<Found>("/search", { q }), enabled: q !== "" });

/** The proof of a record, from 0, of a dataset's newest version. */
export const getProof = (dataset: string, record: number, signal?: AbortSignal) =>
  get<RecordProof>(`${base}/proof/datasets/${encodeURIComponent(dataset)}`, { record }, signal);
