import { toJson, type JsonValue } from "@bufbuild/protobuf";
import type { TFunction } from "i18next";
import { aly, short } from "@/design/format";
import type { Message } from "./message";

/** Fields that hold an amount of ualy, whatever message they are in. */
const amounts = new Set(["price", "amount", "deposit", "stake", "budget", "bounty", "bond", "maxDeposit"]);

/** Fields whose texts may be all digits and are no numbers. */
const names = new Set(["request", "id", "model", "dataset", "title", "reason"]);

function said(name: string, value: JsonValue, locale: string): string {
  const number = new Intl.NumberFormat(locale);
  if (Array.isArray(value)) return number.format(value.length);
  if (typeof value === "number") return amounts.has(name) ? aly(String(value), locale) : number.format(value);
  if (typeof value !== "string") return "";
  if (names.has(name) || !/^-?\d{1,20}$/.test(value)) return value.length > 40 ? short(value) : value;
  return amounts.has(name) ? aly(value, locale) : number.format(BigInt(value));
}

/** The fields of a message as words, those of inner messages under their own names. */
function wordsOf(json: JsonValue, locale: string, words: Record<string, string> = {}): Record<string, string> {
  if (typeof json !== "object" || json === null || Array.isArray(json)) return words;
  for (const [name, value] of Object.entries(json)) {
    words[name] ??= said(name, value, locale);
    wordsOf(value, locale, words);
  }
  return words;
}

/** The key of a message's sentence: "says.market.PlaceBid". */
export function keyOf(typeName: string): string {
  const [, stage, , name = ""] = /^(?:alaya|cosmos)\.([a-z]+)\.(v\w+)\.(?:Msg)?(\w+)$/.exec(typeName) ?? [];
  return stage ? `says.${stage}.${name}` : "says.other";
}

/** What a message asks for, in a sentence. */
export function sentence({ schema, value }: Message, t: TFunction<"wallet">, locale: string): string {
  const fields = toJson(schema, value, { alwaysEmitImplicit: true });
  return say(keyOf(schema.typeName), schema.name.replace(/^Msg/, ""), fields, t, locale);
}

/** The sentence of a key with the fields of its message; the name alone where there is none. */
export function say(key: string, name: string, fields: JsonValue, t: TFunction<"wallet">, locale: string): string {
  const words = { ...wordsOf(fields, locale), name };
  return t([key, "says.other"] as unknown as "says.other", words);
}

/** All that is signed, to the last field. */
export function exactly(messages: readonly Message[]): string {
  return JSON.stringify(
    messages.map(({ schema, value }) => ({ "@type": `/${schema.typeName}`, ...(toJson(schema, value) as object) })),
    null,
    2,
  );
}
