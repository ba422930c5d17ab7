import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import type { CaptionsTranslation } from "./captions/en";
import { de } from "./de";
import { en, type Translation } from "./en";
import type { EntryTranslation } from "./entry/en";
import type { GridTranslation } from "./grid/en";
import type { ImportsTranslation } from "./imports/en";
import type { PeopleTranslation } from "./people/en";
import type { PreviewTranslation } from "./preview/en";
import type { SearchTranslation } from "./search/en";
import type { ToolsTranslation } from "./tools/en";
import type { WatchTranslation } from "./watch/en";

export const LANGUAGES = ["en", "de"] as const;
export type Language = (typeof LANGUAGES)[number];

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: {
      translation: Translation &
        ImportsTranslation &
        EntryTranslation &
        CaptionsTranslation &
        GridTranslation &
        PeopleTranslation &
        PreviewTranslation &
        SearchTranslation &
        ToolsTranslation &
        WatchTranslation;
    };
  }
}

export function browserLanguage(): Language {
  const wanted = globalThis.navigator?.languages ?? [];
  for (const tag of wanted) {
    const language = LANGUAGES.find((known) => tag.toLowerCase().startsWith(known));
    if (language) return language;
  }
  return "en";
}

export const i18n = i18next.createInstance();

void i18n.use(initReactI18next).init({
  lng: browserLanguage(),
  fallbackLng: "en",
  // Both languages together are a few kB: no second request, no flash of keys.
  resources: { en: { translation: en }, de: { translation: de } },
  interpolation: { escapeValue: false },
  initAsync: false,
});
