import type { DescMessage } from "@bufbuild/protobuf";
import { MsgPlaceBidSchema } from "@gen/proto/alaya/market/v1/tx_pb";
import i18next from "i18next";
import { beforeAll, describe, expect, it } from "vitest";
import { message } from "./message";
import { exactly, keyOf, sentence } from "./words";

const locales = import.meta.glob<Record<string, unknown>>("../i18n/locales/*/wallet.json", { eager: true, import: "default" });
const languages = ["en", "de", "ar"];
const textsOf = (language: string) => locales[`../i18n/locales/${language}/wallet.json`]!;

const stages = import.meta.glob<Record<string, unknown>>("../../../../gen/ts/proto/alaya/{market,work,settle,party,dataset}/v1/tx_pb.ts", { eager: true });
const messages = Object.values(stages)
  .flatMap((stage) => Object.values(stage))
  .filter((v): v is DescMessage => typeof v === "object" && v !== null && (v as DescMessage).kind === "message")
  .map((schema) => schema.typeName)
  .filter((name) => /\.Msg\w+(?<!Response)$/.test(name) && !name.endsWith("UpdateParams"));

beforeAll(async () => {
  const resources = Object.fromEntries(languages.map((l) => [l, { wallet: textsOf(l) }]));
  await i18next.init({ lng: "en", resources, interpolation: { escapeValue: false } });
});

describe.each(languages)("in %s", (language) => {
  it.each(messages)("%s has a sentence", (name) => {
    expect(i18next.exists(keyOf(name), { lng: language, ns: "wallet" })).toBe(true);
  });
});

it("says amounts and numbers in the language of the reader", () => {
  const bid = message(MsgPlaceBidSchema, { request: "r1", price: 1_250_000n, units: 1200n });
  expect(sentence(bid, i18next.getFixedT("en", "wallet"), "en")).toContain("Bid 1.25 ALY for an answer, for up to 1,200 answers.");
  expect(sentence(bid, i18next.getFixedT("de", "wallet"), "de")).toContain("1,25 ALY");
});

it("shows everything that is signed", () => {
  const text = exactly([message(MsgPlaceBidSchema, { request: "r1", price: 1_250_000n, units: 4n, pages: [0, 3] })]);
  expect(JSON.parse(text)).toEqual([{ "@type": "/alaya.market.v1.MsgPlaceBid", request: "r1", price: "1250000", units: "4", pages: [0, 3] }]);
});
