import { create, type DescMessage, type MessageInitShape, type MessageShape } from "@bufbuild/protobuf";

/** One thing that a transaction asks for. */
export interface Message<Desc extends DescMessage = DescMessage> {
  schema: Desc;
  value: MessageShape<Desc>;
}

/**
 * Makes a message, as in message(MsgWithdrawBidSchema, { request }). The field
 * of its signer may be left out: sending fills it in.
 */
export function message<Desc extends DescMessage>(schema: Desc, init: MessageInitShape<Desc>): Message {
  return { schema, value: create(schema, init) };
}
