import { describe, expect, it } from "vitest";
import { languages } from ".";

const files = import.meta.glob<Record<string, unknown>>("./locales/*/*.json", { eager: true, import: "default" });
const areas = [...new Set(Object.keys(files).map((path) => path.split("/").at(-1)!))];
const plural = /_(zero|one|two|few|many|other)$/;

function leaves(texts: unknown, path = ""): [string, string][] {
  if (typeof texts === "string") return [[path, texts]];
  return Object.entries(texts as object).flatMap(([name, inner]) => leaves(inner, path ? `${path}.${name}` : name));
}

const textsOf = (language: string, area: string) => leaves(files[`./locales/${language}/${area}`] ?? {});
const names = (texts: [string, string][]) => [...new Set(texts.map(([path]) => path.replace(plural, "")))].sort();
const variables = (text: string) => new Set([...text.matchAll(/\{\{\s*(\w+)|<(\w+)\/>/g)].map((m) => m[1] ?? m[2]));

describe.each(areas)("%s", (area) => {
  const english = textsOf("en", area);

  describe.each(Object.keys(languages))("in %s", (language) => {
    const texts = textsOf(language, area);

    it("has every text", () => expect(names(texts)).toEqual(names(english)));

    it("has every plural that the language needs", () => {
      const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();
      for (const name of names(texts.filter(([path]) => plural.test(path)))) {
        const found = texts.filter(([path]) => plural.test(path) && path.replace(plural, "") === name);
        expect([name, found.map(([path]) => plural.exec(path)![1]!).sort()]).toEqual([name, forms]);
      }
    });

    it("uses no value that the English text is not given", () => {
      const given = new Map<string, Set<string>>();
      for (const [path, text] of english) {
        const name = path.replace(plural, "");
        given.set(name, new Set([...(given.get(name) ?? []), ...variables(text)] as string[]));
      }
      for (const [path, text] of texts) {
        const known = given.get(path.replace(plural, ""));
        for (const variable of variables(text)) expect([path, variable, known?.has(variable!) || variable === "count"]).toEqual([path, variable, true]);
      }
    });
  });
});
