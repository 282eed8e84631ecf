import { encodeForm } from "@/records/answer";
import type { Form, FormValue } from "@/records/form";
import { toHex, type Bytes } from "@/records/hash";
import { merklePaths, merkleRoot } from "@/records/merkle";
import { quote, utf8 } from "@/records/spell";

/** A true answer with the salt that hides it until it is opened: core/work.GoldLabel. */
export interface GoldLabel {
  item: string;
  label?: string;
  /** Canonical JSON of the value of a form. */
  value?: string;
  /** 32 bytes in hex. */
  salt: string;
}

/** What a request commits to. */
export interface GoldCommitment {
  root: Bytes;
  count: number;
}

/** A true answer as the requester gave it. */
export interface TrueAnswer {
  item: string;
  label?: string;
  value?: FormValue;
}

/** Hides a true answer behind a new salt. */
export function salted({ item, label, value }: TrueAnswer, form: Form | undefined): GoldLabel {
  const salt = toHex(crypto.getRandomValues(new Uint8Array(32)));
  return value && form ? { item, value: encodeForm(form, value), salt } : { item, label, salt };
}

function spelling({ item, label, value, salt }: GoldLabel): string {
  const members = [["item", quote(item)], ["label", label && quote(label)], ["value", value], ["salt", quote(salt)]];
  return `{${members.flatMap(([name, text]) => (text ? [`"${name}":${text}`] : [])).join(",")}}`;
}

const leaves = (labels: readonly GoldLabel[]) => labels.map((g) => utf8(spelling(g)));

export async function commitGold(labels: readonly GoldLabel[]): Promise<GoldCommitment> {
  if (labels.length === 0) return { root: new Uint8Array(), count: 0 };
  return { root: await merkleRoot(leaves(labels)), count: labels.length };
}

/** Writes the blob that opens the labels of the items asked about; empty when there are none. */
export async function openGold(labels: readonly GoldLabel[], asked: ReadonlySet<string>): Promise<Bytes> {
  const paths = await merklePaths(leaves(labels));
  const lines = labels.flatMap((gold, index) => {
    if (!asked.has(gold.item)) return [];
    const proof = (paths[index] ?? []).map((hash) => quote(toHex(hash))).join(",");
    return [`{"gold":${spelling(gold)},"index":${index},"proof":[${proof}]}\n`];
  });
  return utf8(lines.join(""));
}
