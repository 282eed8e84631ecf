import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { type Bytes, concat } from "@/records/hash";

/** Writes one message in the wire format of protocol buffers, field by field. */
export class Fields {
  readonly #writer = new BinaryWriter();

  /** Leaves out an empty one, as proto3 does. */
  bytes(field: number, value: Uint8Array): this {
    return value.length === 0 ? this : this.message(field, value);
  }

  /** Writes a nested message even if it is empty. */
  message(field: number, value: Uint8Array): this {
    this.#writer.tag(field, WireType.LengthDelimited).bytes(value);
    return this;
  }

  text(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value));
  }

  int(field: number, value: bigint): this {
    if (value !== 0n) this.#writer.tag(field, WireType.Varint).int64(value);
    return this;
  }

  sfixed64(field: number, value: bigint): this {
    if (value !== 0n) this.#writer.tag(field, WireType.Bit64).sfixed64(value);
    return this;
  }

  done(): Bytes {
    return new Uint8Array(this.#writer.finish());
  }
}

/** A length as a varint. */
export function varint(n: number): Bytes {
  return new Uint8Array(new BinaryWriter().uint32(n).finish());
}

/** A message behind its length. */
export function delimited(message: Uint8Array): Bytes {
  return concat(varint(message.length), message);
}

/** A google.protobuf.Timestamp of a time in RFC 3339 with nanoseconds. */
export function timestamp(text: string): Bytes {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z$/.exec(text);
  const seconds = match ? Date.parse(`${match[1]}Z`) / 1000 : NaN;
  if (!match || Number.isNaN(seconds)) throw new Error(`time ${text.slice(0, 40)}: want RFC 3339 in UTC`);
  return new Fields().int(1, BigInt(seconds)).int(2, BigInt((match[2] ?? "").padEnd(9, "0"))).done();
}
