import i18next, { type BackendModule } from "i18next";
import { initReactI18next } from "react-i18next";

/** The languages of the interface; that of a task is another matter. */
export const languages = { en: "English", de: "Deutsch", ar: "العربية" } as const;

export type Language = keyof typeof languages;

const chosen = "alaya.language";
const catalogues = import.meta.glob<Record<string, unknown>>("./locales/*/*.json", { import: "default" });

const backend: BackendModule = {
  type: "backend",
  init: () => undefined,
  read: (language, namespace, done) => {
    const load = catalogues[`./locales/${language}/${namespace}.json`];
    if (!load) return done(null, {});
    load().then(
      (texts) => done(null, texts),
      (error: Error) => done(error, null),
    );
  },
};

function isLanguage(text: string | null | undefined): text is Language {
  return text != null && Object.hasOwn(languages, text);
}

function preferred(): Language {
  const stored = localStorage.getItem(chosen);
  if (isLanguage(stored)) return stored;
  const asked = navigator.languages.map((l) => l.split("-")[0]).find(isLanguage);
  return asked ?? "en";
}

function apply(language: string) {
  document.documentElement.lang = language;
  document.documentElement.dir = i18next.dir(language);
}

/** Changes the language of the interface and remembers it. */
export async function setLanguage(language: Language) {
  localStorage.setItem(chosen, language);
  await i18next.changeLanguage(language);
}

export async function startI18n() {
  i18next.on("languageChanged", apply);
  await i18next.use(backend).use(initReactI18next).init({
    lng: preferred(),
    fallbackLng: "en",
    ns: ["app", "design"],
    defaultNS: "app",
    partialBundledLanguages: true,
    interpolation: { escapeValue: false },
  });
}
