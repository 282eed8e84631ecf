import { describe, expect, it } from "vitest";
import type { Earning, Step } from "@/api/types";
import { tags, wrongLanguage, wrongSkill } from "./profile";
import { interval, nextLevel, type Standing } from "./standing";
import { statement } from "./statement";
import { placeOf, urgency } from "./steps";

const standing = (part: Partial<Standing>): Standing => ({
  skill: "animals", score_ppm: 50_000, answers: 0, percentile: 0, level: "novice", settled: "0", ...part,
});

describe("the next level", () => {
  it.each([
    [standing({}), { level: "practised", score: 600_000, settled: "10000000" }],
    [standing({ score_ppm: 700_000, settled: "4000000" }), { level: "practised", settled: "6000000" }],
    [standing({ level: "practised", score_ppm: 700_000, settled: "200000000" }), { level: "expert", score: 750_000 }],
    [standing({ level: "lead", score_ppm: 900_000, settled: "2000000000" }), undefined],
  ])("from %j is %j", (from, want) => expect(nextLevel(from)).toEqual(want));
});

describe("the interval of a standing", () => {
  it("begins at the public score and narrows with the answers", () => {
    const few = interval({ score_ppm: 800_000, answers: 20 });
    const many = interval({ score_ppm: 800_000, answers: 2000 });
    expect(few.low).toBe(800_000);
    expect(few.high).toBeGreaterThan(many.high);
    expect(many.high - many.low).toBeLessThan(40_000);
    for (const { low, mid, high } of [few, many]) expect(low < mid && mid < high && high <= 1_000_000).toBe(true);
  });

  it("is wide open for whoever has no record", () => {
    const { mid, high } = interval({ score_ppm: 50_000, answers: 0 });
    expect(mid).toBeGreaterThan(200_000);
    expect(high).toBeGreaterThan(600_000);
  });
});

describe("a step", () => {
  const step = (kind: Step["kind"]) => ({ kind, request: "r1", title: "", round: 1, page: 0, due: 0 });
  it.each([
    ["accept", "/requests/r1"],
    ["answer", "/console/r1"],
    ["reveal_gold", "/desk/requests/r1"],
  ] as const)("%s is taken at %s", (kind, want) => expect(placeOf(step(kind))).toBe(want));

  it.each([
    [0, "later"],
    [899_999, "now"],
    [900_000, "soon"],
    [86_400_000, "later"],
  ])("due at %i is %s", (due, want) => expect(urgency({ due }, 0)).toBe(want));
});

describe("a profile", () => {
  it("takes tags between commas, each once", () => expect(tags(" en, de;ar\n en,,")).toEqual(["en", "de", "ar"]));
  it.each([[["en", "zh-Hant"], undefined], [["deutsch!"], "deutsch!"], [Array.from({ length: 17 }, () => "en"), "en"]])(
    "languages %j", (list, want) => expect(wrongLanguage(list)).toBe(want),
  );
  it.each([[["animals", "med/x-ray_2.0"], undefined], [["two words"], "two words"], [["x".repeat(65)], "x".repeat(65)]])(
    "skills %j", (list, want) => expect(wrongSkill(list)).toBe(want),
  );
});

it("a statement holds amounts exactly and lets no title run as a formula", () => {
  const entry = { request: "r1", title: '=HYPERLINK("x")', milestone: 0, state: "released", amount: "9007199254740993", answers: 3, score_ppm: 912_345, release_at: 0, released_at: 1000 } as Earning;
  expect(statement([entry]).split("\r\n")[1]).toBe(`r1,"'=HYPERLINK(""x"")",1,released,9007199254.740993,3,0.912345,,1970-01-01T00:00:01.000Z`);
});
