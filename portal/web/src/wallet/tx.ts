import { create, getOption, hasOption, toBinary } from "@bufbuild/protobuf";
import { anyPack, type Any } from "@bufbuild/protobuf/wkt";
import { CoinSchema } from "@gen/proto/cosmos/base/v1beta1/coin_pb";
import { PubKeySchema } from "@gen/proto/cosmos/crypto/secp256k1/keys_pb";
import { signer } from "@gen/proto/cosmos/msg/v1/msg_pb";
import { SignMode } from "@gen/proto/cosmos/tx/signing/v1beta1/signing_pb";
import { AuthInfoSchema, SignDocSchema, TxBodySchema, TxRawSchema } from "@gen/proto/cosmos/tx/v1beta1/tx_pb";
import { Fault } from "@/api/error";
import type { Message } from "./message";

/** The most messages in one transaction. */
export const maxMessages = 1000;

/** What the chain may take for a transaction. */
export interface Fee {
  gas: bigint;
  /** In ualy; 0 for none. */
  amount: bigint;
  /** Who pays it instead of the signer. */
  granter?: string;
}

/** Where and for what a transaction is signed. */
export interface Order {
  chainId: string;
  number: bigint;
  sequence: bigint;
  fee: Fee;
}

function pack({ schema, value }: Message): Any {
  const any = anyPack(schema, value);
  return { ...any, typeUrl: `/${schema.typeName}` }; // as the SDK writes it, without a host
}

/** Writes the signer into the field that the message's definition names. */
export function signedBy(address: string, { schema, value }: Message): Message {
  const names = hasOption(schema, signer) ? getOption(schema, signer) : [];
  const fields = Object.fromEntries(
    schema.fields.filter((f) => names.includes(f.name)).map((f) => [f.localName, address]),
  );
  return { schema, value: { ...value, ...fields } };
}

/** The body: what is asked for, in the order given. */
export function bodyOf(messages: readonly Message[], memo = ""): Uint8Array {
  if (messages.length === 0 || messages.length > maxMessages) {
    throw new Fault("limit", `A transaction of ${messages.length} messages: 1 to ${maxMessages} are possible.`);
  }
  return toBinary(TxBodySchema, create(TxBodySchema, { messages: messages.map(pack), memo }));
}

/** Who signs, at which place in his sequence, and what it may cost. */
export function authInfoOf(publicKey: Uint8Array, sequence: bigint, { gas, amount, granter = "" }: Fee): Uint8Array {
  const key = pack({ schema: PubKeySchema, value: create(PubKeySchema, { key: publicKey }) });
  return toBinary(
    AuthInfoSchema,
    create(AuthInfoSchema, {
      signerInfos: [
        { publicKey: key, modeInfo: { sum: { case: "single", value: { mode: SignMode.DIRECT } } }, sequence },
      ],
      fee: {
        gasLimit: gas,
        granter,
        amount: amount > 0n ? [create(CoinSchema, { denom: "ualy", amount: amount.toString() })] : [],
      },
    }),
  );
}

/** The bytes that a signature in SIGN_MODE_DIRECT covers. */
export function signBytes(body: Uint8Array, authInfo: Uint8Array, { chainId, number }: Order): Uint8Array {
  return toBinary(
    SignDocSchema,
    create(SignDocSchema, { bodyBytes: body, authInfoBytes: authInfo, chainId, accountNumber: number }),
  );
}

/** The transaction as the chain takes it. */
export function seal(body: Uint8Array, authInfo: Uint8Array, signature: Uint8Array): Uint8Array<ArrayBuffer> {
  const raw = create(TxRawSchema, { bodyBytes: body, authInfoBytes: authInfo, signatures: [signature] });
  return new Uint8Array(toBinary(TxRawSchema, raw));
}
