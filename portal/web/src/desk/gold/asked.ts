import type { RequestTerms } from "@gen/proto/alaya/market/v1/market_pb";
import { send } from "@/api/client";
import type { Schemas } from "@/api/types";

type Round = Schemas["Round"];

/** The lines of a blob of JSON Lines. */
export async function lines<T>(cid: string): Promise<T[]> {
  const response = await send(`/blob/${encodeURIComponent(cid)}`, {});
  return (await response.text()).split("\n").filter(Boolean).map((line) => JSON.parse(line) as T);
}

/** Of a list of pages, the items of a milestone's own. */
function range(terms: RequestTerms, milestone: number): [number, number] {
  const { pages = [] } = terms.manifest ?? {};
  if (terms.milestones.length === 0) return [0, pages.reduce((n, p) => n + p, 0)];
  const before = terms.milestones.slice(0, milestone).reduce((n, m) => n + m.pages, 0);
  const upTo = before + (terms.milestones[milestone]?.pages ?? 0);
  const items = (to: number) => pages.slice(0, to).reduce((n, p) => n + p, 0);
  return [items(before), items(upTo)];
}

/** The items that a round asks about: the milestone's own in its first round, the contested ones later. */
export async function itemsAsked(terms: RequestTerms, round: Round): Promise<Set<string>> {
  const own = terms.manifest?.cid ?? "";
  if (round.manifest && round.manifest !== own) {
    const pages = await lines<{ items: string[] }>(round.manifest);
    return new Set(pages.flatMap((p) => p.items));
  }
  const all = await lines<{ id: string }>(own);
  return new Set(all.slice(...range(terms, round.milestone)).map((i) => i.id));
}
