import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import * as format from "./format";

/** Everything in format.ts, in the language of the interface. */
export function useFormat() {
  const { i18n } = useTranslation();
  const locale = i18n.language;
  return useMemo(
    () => ({
      locale,
      aly: (ualy: string, digits?: number) => format.aly(ualy, locale, digits),
      share: (ppm: number, digits?: number) => format.share(ppm, locale, digits),
      number: (value: number, options?: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options).format(value),
      duration: (ms: number) => format.duration(ms, locale),
      relative: (at: number, now: number) => format.relative(at, now, locale),
      moment: (at: number) => format.moment(at, locale),
      bytes: (count: number) => format.bytes(count, locale),
      language: (tag: string) => languageName(tag, locale),
      list: (items: string[]) => new Intl.ListFormat(locale, { type: "conjunction" }).format(items),
    }),
    [locale],
  );
}

function languageName(tag: string, locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag; // not a tag of a language
  }
}
