import { Fault } from "@/api/error";
import type { TxDetail } from "@/api/tx";
import { createStore } from "@/design";
import type { Message } from "./message";
import { activeAccount, wallet } from "./state";

export interface SendOptions {
  /**
   * Asks nothing when nothing need be asked: for steps of work that the user
   * has begun, such as taking a page or handing it in. Locked keys still ask
   * for the passphrase.
   */
  quiet?: boolean;
  /** What it is for, in the user's words; else the messages are told. */
  title?: string;
}

/** Something to be signed, shown to the user. */
export interface Ask {
  id: number;
  messages: readonly Message[];
  options: SendOptions;
  done: (tx: TxDetail) => void;
  failed: (error: unknown) => void;
}

/** What waits for the user, the first in view. */
export const asks = createStore<Ask[]>([]);

let last = 0;

const ready = () => {
  const account = activeAccount();
  return account !== undefined && (account.kind !== "sealed" || wallet.get().unlocked) ? account : undefined;
};

/** Goes on with what needs nothing more of the user than the key or account he has just given. */
export function settle(ask: Ask) {
  if (!ask.options.quiet || !ready()) return;
  asks.set((before) => before.filter((other) => other !== ask));
  sendQuietly(ask.messages).then(ask.done, ask.failed);
}

async function sendQuietly(messages: readonly Message[]): Promise<TxDetail> {
  const account = ready();
  if (!account) throw new Fault("locked", "Keys are locked.");
  const { prepare, transact } = await import("./sender");
  return transact(await prepare(messages, account), () => undefined);
}

/**
 * Signs messages as one transaction, of which all or none take effect, sends
 * it and waits until it is in a block. Shows first what is signed, and asks
 * for an account or a passphrase where one is missing. A failure is a Fault:
 * of kind "cancelled" when the user stopped it.
 */
export function send(messages: readonly Message[], options: SendOptions = {}): Promise<TxDetail> {
  if (options.quiet && ready()) return sendQuietly(messages);
  const id = ++last;
  return new Promise((done, failed) => asks.set((before) => [...before, { id, messages, options, done, failed }]));
}

/** The function that signs and sends: see send. */
export const useSend = () => send;
