import { openShelf, type Shelf } from "@/api/shelf";
import { cidOf } from "@/records/cid";
import type { Form, Item, Spec } from "@/records/form";
import { type Bytes, fromHex, toBase64, toHex } from "@/records/hash";
import { commitmentOf, encodeAnswers, type Sheet } from "@/records/submission";
import { answerOf } from "../state/entry";
import { nameOfPage } from "../state/draft";
import { entryOf, type Work } from "../state/history";

/**
 * What opens a commitment. It is kept before the commitment is sent and until
 * it was opened: without it the work cannot be paid.
 */
export interface Opening extends Sheet {
  content: Bytes;
  cid: string;
  salt: Bytes;
  commitment: string;
  at: number;
  /** The node was asked to open it, and has not said no. */
  relayed?: boolean;
}

export const openings: Shelf<Opening> = openShelf<Opening>("alaya.openings");

/** Its name in the store: a page that was tried twice keeps both. */
export function nameOfOpening(opening: Opening): string {
  return `${nameOfPage(opening)}/${opening.commitment}`;
}

/** Encodes the answers of a page and seals them under a random salt. */
export async function seal(sheet: Sheet, spec: Spec, form: Form, items: Item[], work: Work): Promise<Opening> {
  const answers = items.map((item) => answerOf(spec, form, item, entryOf(work, item.id), work.ms[item.id] ?? 0));
  const content = encodeAnswers(sheet, spec, answers);
  const cid = await cidOf(content);
  const salt = crypto.getRandomValues(new Uint8Array(32));
  return { ...sheet, content, cid, salt, commitment: toHex(await commitmentOf(cid, salt)), at: Date.now() };
}

/** The openings of a contributor that wait, the oldest first. */
export async function openingsOf(contributor: string, shelf: Shelf<Opening> = openings): Promise<Opening[]> {
  const names = (await shelf.names()).filter((name) => name.startsWith(`${contributor}/`));
  const found = await Promise.all(names.map((name) => shelf.get(name)));
  return found.filter((o) => o !== undefined).sort((a, b) => a.at - b.at);
}

/** An opening as plain text, to keep elsewhere: whoever has it can open the commitment, and nothing else. */
export function exported(opening: Opening): string {
  const { content, salt, ...rest } = opening;
  return JSON.stringify({ ...rest, content: toBase64(content), salt: toHex(salt) }, null, 1);
}

/** The bytes of a commitment, for the message that sends it. */
export const commitmentBytes = (opening: Opening): Bytes => fromHex(opening.commitment);
