import type { Form, Item, Spec } from "@/records/form";
import { cidOf } from "@/records/cid";
import { encodeForm } from "@/records/answer";
import { toHex, type Bytes } from "@/records/hash";
import { merkleRoot } from "@/records/merkle";
import { quote, spell, utf8 } from "@/records/spell";
import type { TrueAnswer } from "../gold/gold";

/** A manifest line, as core/work spells items. */
const lineOf = ({ id, content, data }: Item) => spell({ id, content: content || undefined, data });

export interface Manifest {
  bytes: Bytes;
  cid: string;
  /** In hex. */
  root: string;
  count: number;
}

/** The blob of all items, its content id, and the Merkle root over its lines. */
export async function manifestOf(items: readonly Item[]): Promise<Manifest> {
  const lines = items.map((item) => utf8(lineOf(item)));
  const bytes = utf8(items.map((item) => `${lineOf(item)}\n`).join(""));
  const root = await merkleRoot(lines);
  return { bytes, cid: await cidOf(bytes), root: toHex(root), count: items.length };
}

/** Examples as the command line reads them: JSON Lines. */
export const exampleLines = (examples: NonNullable<Spec["examples"]>): string => examples.map((e) => `${spell(e)}\n`).join("");

/** True answers as the command line reads them: JSON Lines without salts. */
export function goldLines(gold: readonly TrueAnswer[], form: Form | undefined): string {
  return gold
    .map(({ item, label, value }) => `{"item":${quote(item)},${value && form ? `"value":${encodeForm(form, value)}` : `"label":${quote(label ?? "")}`}}\n`)
    .join("");
}
