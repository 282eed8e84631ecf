import { get, post } from "./client";
import type { Schemas } from "./types";

/** A transaction that is in a block, in words, with what it did. */
export type TxDetail = Schemas["TxDetail"];

/** What a transaction may take of the chain, and what that costs in ualy. */
export interface Outlay {
  gas: string;
  amount: string;
}

/** Hands a signed transaction to the node. */
export const broadcast = (raw: Uint8Array<ArrayBuffer>) => post<{ hash: string }>("/tx", raw);

/** What an unsigned transaction would take. */
export const outlayOf = (raw: Uint8Array<ArrayBuffer>) => post<Outlay>("/api/v1/fee", raw);

/** A transaction; a Fault of kind "not found" until it is in a block. */
export const getTx = (hash: string, signal?: AbortSignal) => get<TxDetail>(`/api/v1/txs/${hash}`, {}, signal);
