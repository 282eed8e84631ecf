import { MsgCommitPageSchema } from "@gen/proto/alaya/work/v1/tx_pb";
import { Fault } from "@/api/error";
import type { Shelf } from "@/api/shelf";
import { relay as relayTo } from "@/api/work";
import { toBase64, toHex } from "@/records/hash";
import { message, type useSend } from "@/wallet";
import { commitmentBytes, nameOfOpening, type Opening } from "./opening";

/** What handing in needs of the world. */
export interface Desk {
  send: ReturnType<typeof useSend>;
  shelf: Pick<Shelf<Opening>, "put" | "delete">;
  relay: typeof relayTo;
}

/** Who opens the commitment later: the node, this browser as asked, or this browser because the node does not. */
export type Opener = "node" | "browser" | "refused";

/**
 * Commits to a page. What opens it is kept first, as the node's from the start
 * where the node is asked to open it: the round may take reveals before the
 * node has answered.
 */
export async function submit(opening: Opening, byNode: boolean, { send, shelf, relay }: Desk): Promise<Opener> {
  const { request, round, page, contributor, content, salt } = opening;
  const name = nameOfOpening(opening);
  await shelf.put(name, byNode ? { ...opening, relayed: true } : opening);
  const commit = message(MsgCommitPageSchema, { contributor, request, round, page, commitment: commitmentBytes(opening) });
  try {
    await send([commit], { quiet: true });
  } catch (error) {
    if (error instanceof Fault && (error.kind === "cancelled" || error.kind === "locked")) await shelf.delete(name);
    throw error; // else it may have got through: what opens it stays
  }
  if (!byNode) return "browser";
  const sheet = { request, round, page, contributor, content: toBase64(content), salt: toHex(salt) };
  const taken = await relay(sheet).catch(() => false); // the commitment stands: this browser opens it
  if (!taken) await shelf.put(name, opening);
  return taken ? "node" : "refused";
}
