import { create } from "@bufbuild/protobuf";
import { RequestTermsSchema } from "@gen/proto/alaya/market/v1/market_pb";
import { describe, expect, it } from "vitest";
import type { Card } from "@/api/types";
import { wholeLines } from "./lines";
import { answerMs, mostUnits, obstacles, prospect, timeline } from "./pay";

const terms = create(RequestTermsSchema, {
  manifest: { count: 90n, pages: [50, 40] },
  deposit: 1_000_000n,
  bidDeadline: 2000n,
  qualification: { score: 600_000, languages: ["de"], invited: ["alaya1bert"] },
  windows: { accept: 10n, commit: 20n, reveal: 30n, gold: 40n, review: 50n },
});
const card = { state: "open", bid_deadline: 2000, requester: "alaya1anna", commitment_ms: 450_000 } as Card;
const bert = { address: "alaya1bert", balance: "1000000", languages: ["en", "de"], score: 600_000 };

describe("a prospect", () => {
  it("is price by answers, and by the hour as fast as others answer", () => {
    const ms = answerMs(card, terms);
    expect(ms).toBe(10_000);
    expect(prospect("50000", 90, ms)).toEqual({ total: "4500000", ms: 900_000, hourly: "18000000" });
  });

  it("says nothing of the hour while nobody knows how long an answer takes", () =>
    expect(prospect("50000", 2, answerMs({ commitment_ms: 0 }, terms))).toEqual({ total: "100000", ms: undefined, hourly: undefined }));

  it("is exact beyond what a double holds", () =>
    expect(prospect("9007199254740993", 3, undefined).total).toBe("27021597764222979"));

  it("is of one answer an item at the most", () => expect(mostUnits(terms)).toBe(90));
});

describe("what keeps somebody from bidding", () => {
  it.each([
    ["nothing, when all fits", card, bert, 2000, []],
    ["a closed request", { ...card, state: "working" as const }, bert, 0, ["closed"]],
    ["a deadline that is over", card, bert, 2001, ["deadline"]],
    ["being the requester and not invited", card, { ...bert, address: "alaya1anna" }, 0, ["own", "invited"]],
    ["a lower score", card, { ...bert, score: 599_999 }, 0, ["score"]],
    ["another language", card, { ...bert, languages: ["en"] }, 0, ["language"]],
    ["too little money for the deposit", card, { ...bert, balance: "999999" }, 0, ["funds"]],
  ])("is %s", (_, request, who, now, want) => expect(obstacles(request, terms, who, now)).toEqual(want));
});

it("tells the steps in order, gold only where there is some", () => {
  expect(timeline(terms).map((m) => m.name)).toEqual(["bids", "accept", "answer", "reveal", "judge", "review", "release"]);
  const golden = create(RequestTermsSchema, { gold: { count: 3 }, windows: { gold: 40n } });
  expect(timeline(golden).map((m) => [m.name, m.ms])).toContainEqual(["gold", 40]);
});

it.each([
  ["a\nb\nc", false, ["a", "b"]],
  ["a\nb\n", false, ["a", "b"]],
  ["a\nb", true, ["a", "b"]],
  ["a\n\n", true, ["a"]],
  ["cut off", false, []],
])("reads only whole lines of %j", (text, whole, want) => expect(wholeLines(text, whole)).toEqual(want));
