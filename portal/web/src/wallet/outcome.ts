import { Fault, isFault, type ErrorKind } from "@/api/error";
import { follow } from "@/api/stream";
import { broadcast, getTx, type TxDetail } from "@/api/tx";
import { mismatch, type Taken } from "./line";

/** A transaction in no block for so long is sent again: a node that was restarted has forgotten it. */
const stall = 10_000;
const patience = 120_000;
/** How long it waits for an event before it looks by itself. */
const pause = 1500;
/** What the read model takes for a block. */
const reading = 60;

/** The kinds by the number that the chain gives them. */
const kinds: ErrorKind[] = ["internal", "invalid", "not found", "exists", "forbidden", "state", "funds", "limit", "internal"];

/** Ends shortly after an event tells that the transaction is in a block, or after a while without one. */
function heard(hash: string): Promise<void> {
  return new Promise((done) => {
    const end = (later: number) => {
      stop();
      clearTimeout(timer);
      setTimeout(done, later);
    };
    const timer = setTimeout(end, pause, 0);
    const stop = follow((event) => {
      if (event?.tx?.toUpperCase() === hash.toUpperCase()) end(reading);
    });
  });
}

async function look(hash: string): Promise<TxDetail | undefined> {
  try {
    return await getTx(hash);
  } catch (error) {
    if (isFault(error, "not found") || isFault(error, "offline")) return undefined;
    throw error;
  }
}

/** Hands a transaction to the node once more; says whether another took its place. */
async function again(raw: Uint8Array<ArrayBuffer>): Promise<boolean> {
  try {
    await broadcast(raw);
    return false;
  } catch (error) {
    const other = mismatch(error);
    return other !== undefined && other.want > other.got;
  }
}

/** Waits until a transaction is in a block; one that failed there is a Fault of its kind. */
export async function outcomeOf({ hash, raw }: Taken, now: () => number = Date.now): Promise<TxDetail> {
  const begun = now();
  let sent = begun;
  let replaced = false;
  while (now() - begun < patience) {
    await heard(hash);
    const tx = await look(hash);
    if (tx?.ok) return tx;
    if (tx) throw new Fault(kinds[tx.code] ?? "internal", tx.log);
    if (replaced) throw new Fault("state", "Another transaction of this account took its place.");
    if (now() - sent > stall) {
      replaced = await again(raw);
      sent = now();
    }
  }
  throw new Fault("offline", `Transaction ${hash} is in no block yet. It may still come into one: look it up before you repeat it.`);
}
