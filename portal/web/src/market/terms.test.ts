import { describe, expect, it } from "vitest";
import type { Engagement } from "@/api/types";
import { fromHex } from "@/records/hash";
import { checkHandshake, termsHash, termsOf } from "./terms";
// Made by Go: market.Terms and Engagement as wire and the gateway write them, with the hashes of core/market.
import cases from "./testdata/handshake.json";

const offered = (c: (typeof cases)[number]) => c.engagement as unknown as Engagement;

describe.each(cases.map((c, i) => [i ? "a request of few words" : "a request with everything", c] as const))("%s", (_, c) => {
  const terms = termsOf(c);

  it("has the hash that the chain gives its terms", async () => expect(await termsHash(terms)).toBe(c.terms_hash));

  it("offers an engagement whose hash covers what is shown", async () =>
    expect(await checkHandshake(terms, offered(c))).toEqual(fromHex(c.engagement.terms_hash)));

  it.each([
    ["another price", { price: "999999" }],
    ["another number of answers", { units: 61 }],
    ["other pages", { pages: [1] }],
    ["a stake", { stake: "1" }],
    ["another guideline", { guideline: 4 }],
    ["somebody else", { contributor: "alaya1carl" }],
  ])("is not signed with %s", async (_, change) =>
    expect(await checkHandshake(terms, { ...offered(c), ...change })).toBeUndefined());

  it("is not signed with other terms", async () =>
    expect(await checkHandshake({ ...terms, policy: "none" }, offered(c))).toBeUndefined());
});
