import { fromJson, type JsonValue } from "@bufbuild/protobuf";
import { RequestTermsSchema, type RequestTerms } from "@gen/proto/alaya/market/v1/market_pb";
import type { Engagement, Request } from "@/api/types";
import { fromHex, sum, toHex } from "@/records/hash";
import { spell, utf8 } from "@/records/spell";

/** The terms of a request as the chain holds them. */
export function termsOf({ terms }: Pick<Request, "terms">): RequestTerms {
  return fromJson(RequestTermsSchema, terms as JsonValue, { ignoreUnknownFields: true });
}

/** Left out where empty, as core/market spells its terms. */
const some = <T>(list: readonly T[]) => (list.length > 0 ? list : undefined);

const rootOf = (bytes: Uint8Array) => toHex(bytes.length > 0 ? bytes : new Uint8Array(32));

/** The terms in the order and spelling of core/market: what the hash covers. */
function spelling(t: RequestTerms): string {
  const { manifest: m, redundancy: r, clause: c, gold: g, windows: w, qualification: q } = t;
  if (!m || !r || !c || !g || !w || !q) throw new Error("terms: a part is missing");
  return spell({
    Kind: t.kind, Title: t.title, Summary: t.summary, Tags: some(t.tags), Spec: t.spec,
    Manifest: { CID: m.cid, Root: rootOf(m.root), Count: m.count, Pages: some(m.pages) },
    Redundancy: { Min: r.min, Max: r.max, Step: r.step, Target: r.target },
    Clause: {
      Metric: c.metric, Threshold: c.threshold, Confidence: c.confidence, MinEvidence: c.minEvidence,
      Schedule: some(c.schedule.map(({ shortfall, pay }) => ({ Shortfall: shortfall, Pay: pay }))),
    },
    Gold: { Root: rootOf(g.root), Count: g.count },
    Method: t.method, MethodVersion: t.methodVersion, PriceCap: t.priceCap, Budget: t.budget,
    Milestones: some(t.milestones.map(({ title, pages, due }) => ({ Title: title, Pages: pages, Due: due }))),
    BidDeadline: t.bidDeadline, DeliveryDeadline: t.deliveryDeadline,
    Windows: { Accept: w.accept, Lease: w.lease, Commit: w.commit, Reveal: w.reveal, Gold: w.gold, Review: w.review, Contest: w.contest },
    Qualification: { Score: q.score, Skill: q.skill, Languages: some(q.languages), Invited: some(q.invited) },
    Stake: t.stake, Deposit: t.deposit, Matching: t.matching,
    Licence: t.licence, Policy: t.policy, ContributorShare: t.contributorShare,
  });
}

/** The hash over a request's terms: core/market Terms.Hash. */
export async function termsHash(terms: RequestTerms): Promise<string> {
  return toHex(await sum("alaya/market/terms/v1", utf8(spelling(terms))));
}

/** The hash that accepting an engagement signs: core/market Engagement.hash. */
export async function engagementHash(terms: RequestTerms, e: Engagement): Promise<string> {
  const text = spell({
    Terms: await termsHash(terms), Request: e.request, Contributor: e.contributor, Price: BigInt(e.price), Units: e.units,
    Pages: some(e.pages), Stake: BigInt(e.stake), Guideline: e.guideline,
  });
  return toHex(await sum("alaya/market/engagement/v1", utf8(text)));
}

/** Whether the hash on offer covers exactly these terms; its bytes if it does. */
export async function checkHandshake(terms: RequestTerms, e: Engagement): Promise<Uint8Array | undefined> {
  return (await engagementHash(terms, e)) === e.terms_hash ? fromHex(e.terms_hash) : undefined;
}
