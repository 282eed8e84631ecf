import { getAccount, type AccountState } from "@/api/account";
import { Fault, isFault } from "@/api/error";
import { broadcast } from "@/api/tx";
import type { Signer } from "./signer";
import type { Fee } from "./tx";

/** A transaction that the node has taken. */
export interface Taken {
  hash: string;
  raw: Uint8Array<ArrayBuffer>;
}

/** How often one transaction is signed anew when the chain expects another sequence. */
const maxSigned = 5;

/** The sequence that the chain wanted and the one it got, which its refusal has in the text only. */
export function mismatch(error: unknown): { want: bigint; got: bigint } | undefined {
  if (!isFault(error, "state")) return undefined;
  const match = /expected (\d+), got (\d+)/.exec(error.message);
  return match?.[1] && match[2] ? { want: BigInt(match[1]), got: BigInt(match[2]) } : undefined;
}

/**
 * An account's place in the sequence of its transactions. It keeps count by
 * itself, so many may be in flight; they are signed one after the other.
 */
export class Line {
  private known: { number: bigint; sequence: bigint } | undefined;
  private last: Promise<unknown> = Promise.resolve();
  private readonly address: string;
  private readonly chainId: string;

  constructor(address: string, chainId: string) {
    this.address = address;
    this.chainId = chainId;
  }

  /** Signs a body and hands it to the node; a refusal is a Fault. */
  send(signer: Signer, body: Uint8Array, fee: Fee): Promise<Taken> {
    const turn = this.last.then(() => this.attempt(signer, body, fee));
    this.last = turn.catch(() => undefined);
    return turn;
  }

  private async attempt(signer: Signer, body: Uint8Array, fee: Fee): Promise<Taken> {
    for (let signed = 0; signed < maxSigned; signed++) {
      this.known ??= placeOf(await getAccount(this.address));
      const place = this.known;
      const raw = await signer.sign(body, { chainId: this.chainId, fee, ...place });
      try {
        const { hash } = await broadcast(raw);
        this.known = { ...place, sequence: place.sequence + 1n };
        return { hash, raw };
      } catch (error) {
        const other = mismatch(error);
        this.known = other && { ...place, sequence: other.want };
        if (!other) throw error;
      }
    }
    throw new Fault("state", `Signed ${maxSigned} times, and the sequence was another each time: is the key used elsewhere?`);
  }
}

function placeOf({ exists, address, number, sequence }: AccountState) {
  if (!exists) throw new Fault("funds", `Account ${address} is not on the chain yet: it begins with its first coins.`);
  return { number: BigInt(number), sequence: BigInt(sequence) };
}
