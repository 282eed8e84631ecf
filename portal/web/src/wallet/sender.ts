import { getAccount, getStatus, welcome, type AccountState } from "@/api/account";
import { Fault, isFault } from "@/api/error";
import { outlayOf, type TxDetail } from "@/api/tx";
import { now } from "@/design";
import { Line } from "./line";
import type { Message } from "./message";
import { outcomeOf } from "./outcome";
import { signerOf, type Signer } from "./signer";
import type { Account } from "./state";
import { authInfoOf, bodyOf, seal, signedBy, type Fee } from "./tx";

/** How far a transaction is. */
export type Step = "preparing" | "signing" | "waiting";

/** A transaction ready to be signed. */
export interface Draft {
  signer: Signer;
  body: Uint8Array;
  fee: Fee;
  chainId: string;
}

const lines = new Map<string, Line>();

const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** The account on the chain; a newcomer is made known to it by the network's host, who pays his first fees. */
async function arrive(address: string, feeGrants: boolean): Promise<AccountState> {
  let account = await getAccount(address);
  if (account.exists || !feeGrants) return account;
  await welcome(address).catch((error: unknown) => {
    if (!isFault(error, "exists")) throw error;
  });
  for (let turn = 0; turn < 40 && !account.exists; turn++) {
    await sleep(500);
    account = await getAccount(address);
  }
  return account;
}

/** What a body costs, and who pays: whoever granted the account its fees, while it has too little for them. */
async function feeOf(signer: Signer, body: Uint8Array, account: AccountState): Promise<Fee> {
  const authInfo = authInfoOf(signer.publicKey, BigInt(account.sequence), { gas: 0n, amount: 0n });
  const outlay = await outlayOf(seal(body, authInfo, new Uint8Array()));
  const amount = BigInt(outlay.amount);
  const granter = account.grants.find((grant) => grant.expires === 0 || grant.expires > now())?.granter;
  return { gas: BigInt(outlay.gas), amount, granter: BigInt(account.balance) < amount ? granter : undefined };
}

/** Makes a transaction ready to be signed: finds the key, the fee, and who pays it. */
export async function prepare(messages: readonly Message[], account: Account): Promise<Draft> {
  const { chain_id: chainId, fee_grants: feeGrants } = await getStatus();
  const signer = await signerOf(account, chainId);
  const body = bodyOf(messages.map((m) => signedBy(account.address, m)));
  const state = await arrive(account.address, feeGrants);
  if (!state.exists) {
    throw new Fault("funds", "This account is not on the chain yet: it begins with its first coins. Ask someone to send it some.");
  }
  return { signer, body, chainId, fee: await feeOf(signer, body, state) };
}

/** Signs a transaction, sends it, and waits for its block. */
export async function transact({ signer, body, fee, chainId }: Draft, onStep: (step: Step) => void): Promise<TxDetail> {
  const name = `${chainId} ${signer.address}`;
  const line = lines.get(name) ?? new Line(signer.address, chainId);
  lines.set(name, line);
  onStep("signing");
  const taken = await line.send(signer, body, fee);
  onStep("waiting");
  return outcomeOf(taken);
}
