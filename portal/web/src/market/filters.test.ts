import { describe, expect, it } from "vitest";
import type { Card } from "@/api/types";
import { countFilters, fits, noFilters, queryOf, readFilters, writeFilters } from "./filters";

const card = { commitment_ms: 600_000, requester_standing: { overturned_ppm: 50_000 } } as Card;

describe("filters", () => {
  it("survive the address bar", () => {
    const filters = { ...noFilters, q: "cats & dogs", state: "all", pay: "0,05", sort: "pay" };
    expect(readFilters(new URLSearchParams(writeFilters(filters)))).toEqual(filters);
    expect(writeFilters(noFilters)).toEqual({});
    expect(countFilters(filters)).toBe(2);
  });

  it("ask the gateway in its units, and leave out what means anything", () => {
    expect(queryOf({ ...noFilters, pay: "0.05", hourly: "x", skill: " animals ", within: "24" }, 7_200_001)).toEqual({
      q: "", skill: "animals", modality: "", language: "", answer_type: "", state: "open",
      min_pay: "50000", min_hourly: undefined, deadline_before: 93_600_000, sort: "",
    });
    expect(queryOf({ ...noFilters, state: "all" }, 0)).toMatchObject({ state: "", deadline_before: undefined });
  });

  it.each([
    [{}, true],
    [{ minutes: "10" }, true],
    [{ minutes: "9" }, false],
    [{ overturned: "5" }, true],
    [{ overturned: "4" }, false],
    [{ overturned: "0" }, false],
  ])("choose by %j: %s", (part, want) => expect(fits(card, { ...noFilters, ...part })).toBe(want));

  it("hold back a page of unknown length when time is short", () =>
    expect(fits({ ...card, commitment_ms: 0 }, { ...noFilters, minutes: "5" })).toBe(false));
});
