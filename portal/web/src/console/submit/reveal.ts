import { MsgRevealPageSchema } from "@gen/proto/alaya/work/v1/tx_pb";
import { Fault } from "@/api/error";
import type { Shelf } from "@/api/shelf";
import { getRoundState, putBlob, type RoundState } from "@/api/work";
import { message, type useSend } from "@/wallet";
import { nameOfOpening, type Opening } from "./opening";

type Send = ReturnType<typeof useSend>;

/** What became of an opening. */
export type Revealed = "waits" | "revealed" | "closed" | "failed";

/** What opening needs of the world. */
export interface World {
  send: Send;
  stateOf: (request: string, round: number) => Promise<RoundState>;
  put: (bytes: Uint8Array<ArrayBuffer>) => Promise<string>;
  shelf: Pick<Shelf<Opening>, "delete">;
}

export const world = (send: Send, shelf: World["shelf"]): World => ({ send, stateOf: getRoundState, put: putBlob, shelf });

const before: readonly RoundState[] = ["preparing", "committing"];

/** Opens a commitment if its round takes that now. What was opened, or comes too late, is kept no more. */
export async function reveal(opening: Opening, { send, stateOf, put, shelf }: World): Promise<Revealed> {
  const { request, round, page, contributor, content, cid, salt } = opening;
  const state = await stateOf(request, round);
  if (before.includes(state)) return "waits";
  if (state !== "revealing") {
    await shelf.delete(nameOfOpening(opening));
    return "closed";
  }
  const kept = await put(content);
  if (kept !== cid) throw new Fault("internal", `The node keeps ${kept} where the commitment has ${cid}.`);
  const open = message(MsgRevealPageSchema, { sender: contributor, contributor, request, round, page, content: cid, salt });
  try {
    await send([open], { quiet: true });
  } catch (error) {
    if (!settled(error)) throw error;
    return "failed"; // it is kept: nothing but the end of the round makes it worthless
  }
  await shelf.delete(nameOfOpening(opening));
  return "revealed";
}

/** Whether trying again cannot help: it was opened already, by whomever, or never committed to. */
function settled(error: unknown): boolean {
  return error instanceof Fault && ["invalid", "not found", "state"].includes(error.kind);
}
