import { Fault, isFault, type ErrorKind } from "@/api/error";
import { broadcast, getTx, type TxDetail } from "@/api/tx";
import { mismatch, type Taken } from "./line";

/** A transaction in no block for so long is sent again: a node that was restarted has forgotten it. */
const stall = 10_000;
const patience = 120_000;

/** The kinds by the number that the chain gives them. */
const kinds: ErrorKind[] = ["internal", "invalid", "not found", "exists", "forbidden", "state", "funds", "limit", "internal"];

const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms));

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
  for (let turn = 0; now() - begun < patience; turn++) {
    const tx = await look(hash);
    if (tx?.ok) return tx;
    if (tx) throw new Fault(kinds[tx.code] ?? "internal", tx.log);
    if (replaced) throw new Fault("state", "Another transaction of this account took its place.");
    if (now() - sent > stall) {
      replaced = await again(raw);
      sent = now();
    }
    await sleep(Math.min(1500, 250 + 100 * turn));
  }
  throw new Fault("offline", `Transaction ${hash} is in no block yet. It may still come into one: look it up before you repeat it.`);
}
