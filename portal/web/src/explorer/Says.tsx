import { useTranslation } from "react-i18next";
import type { Tx } from "@/api/chain";
import { useFormat } from "@/design";
import { say } from "@/wallet/words";

type Message = Tx["messages"][number];

const pascal = (verb: string) => verb.replace(/(^|_)([a-z])/g, (_, __, c: string) => c.toUpperCase());
const camel = (name: string) => name.replace(/_([a-z])/g, (_, c: string) => c.toUpperCase());

function renamed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(renamed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [camel(name), renamed(inner)]));
}

/** A message of a transaction as a sentence. */
export function Says({ message }: { message: Message }) {
  const { t } = useTranslation("wallet");
  const { locale } = useFormat();
  const name = pascal(message.verb);
  const fields = renamed(message.fields) as Record<string, string>;
  return <bdi>{say(`says.${message.stage}.${name}`, name, fields, t, locale)}</bdi>;
}
