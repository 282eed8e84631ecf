import { create, fromJson, type JsonValue } from "@bufbuild/protobuf";
import { GoldSchema, ManifestSchema, RequestTermsSchema } from "@gen/proto/alaya/market/v1/market_pb";
import { MsgPostRequestSchema } from "@gen/proto/alaya/market/v1/tx_pb";
import { checkDraft } from "@/api/desk";
import { putBlob } from "@/api/work";
import { cidOf } from "@/records/cid";
import { fromHex, type Bytes } from "@/records/hash";
import { message, type useSend } from "@/wallet";
import { commitGold, salted, type GoldLabel } from "../gold/gold";
import { keepGold } from "../gold/keep";
import { encodeSpec } from "../spec";
import { itemsOf, pageOf, pagesOf, specOf, type Draft } from "./draft";
import { manifestOf } from "./parcel";
import { yamlOf } from "./yaml";

export const stages = ["check", "gold", "spec", "items", "sign"] as const;
export type Stage = (typeof stages)[number];

/** The node named a blob otherwise than the browser: one of the two is wrong. */
export class NameFault extends Error {
  constructor(what: string, ours: string, theirs: string) {
    super(`${what}: ${ours} here, ${theirs} at the node`);
    this.name = "NameFault";
  }
}

async function put(what: string, bytes: Bytes): Promise<string> {
  const ours = await cidOf(bytes);
  const theirs = await putBlob(bytes);
  if (ours !== theirs) throw new NameFault(what, ours, theirs);
  return ours;
}

interface Desk {
  send: ReturnType<typeof useSend>;
  onStage: (stage: Stage) => void;
  /** Keeps the salts in the draft before anything is committed to. */
  onSecret: (secret: GoldLabel[]) => Promise<void>;
}

/** Salts that were made before, where the answers are still the same. */
function secretOf(d: Draft): GoldLabel[] {
  const form = d.kind === "form" ? d.form : undefined;
  const made = d.gold.map((g) => salted(g, form));
  const before = new Map((d.secret ?? []).map((s) => [s.item, s]));
  return made.map((m) => {
    const old = before.get(m.item);
    return old && old.label === m.label && old.value === m.value ? old : m;
  });
}

/**
 * Posts a draft: its terms as the command line's own reader finds them, blobs
 * put away, gold kept, and one message signed. Every stage may be done again.
 */
export async function post(d: Draft, { send, onStage, onSecret }: Desk): Promise<string> {
  onStage("check");
  const { terms, problems } = await checkDraft(yamlOf(d), itemsOf(d).length);
  if (problems.length > 0) throw new Error(problems.map((p) => p.error).join("\n"));
  onStage("gold");
  const secret = secretOf(d);
  await onSecret(secret);
  if (secret.length > 0) await keepGold({ title: d.title, labels: secret });
  onStage("spec");
  const spec = await put("spec", encodeSpec(specOf(d)));
  onStage("items");
  const items = itemsOf(d);
  const manifest = await manifestOf(items);
  const cid = await put("items", manifest.bytes);
  onStage("sign");
  const read = fromJson(RequestTermsSchema, terms as JsonValue, { ignoreUnknownFields: true });
  const gold = create(GoldSchema, await commitGold(secret));
  const whole = {
    ...read, spec, gold,
    manifest: create(ManifestSchema, { cid, root: fromHex(manifest.root), count: BigInt(manifest.count), pages: pagesOf(items.length, pageOf(d)) }),
  };
  const tx = await send([message(MsgPostRequestSchema, { terms: whole })]);
  return tx.happened.find((e) => e.stage === "market" && e.request)?.request ?? "";
}
