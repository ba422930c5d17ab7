import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { browserLanguage } from "@/lib/i18n";
import { type Theme, usePreferencesStore } from "@/stores/preferencesStore";

/** Puts the chosen theme and language on the document. */
export function usePreferences(): void {
  const theme = usePreferencesStore((state) => state.theme);
  const language = usePreferencesStore((state) => state.language) ?? browserLanguage();
  const { i18n } = useTranslation();

  useEffect(() => {
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    colourTheBrowser(theme);
  }, [theme]);

  useEffect(() => {
    document.documentElement.lang = language;
    void i18n.changeLanguage(language);
  }, [language, i18n]);
}

/** The browser's own bar; public/theme.js does the same before the first paint. */
function colourTheBrowser(theme: Theme): void {
  for (const meta of document.querySelectorAll<HTMLMetaElement>("meta[name='theme-color'][data-theme]")) {
    const own = meta.dataset.theme;
    if (theme === "system") meta.media = `(prefers-color-scheme: ${own})`;
    else meta.media = theme === own ? "all" : "not all";
  }
}
