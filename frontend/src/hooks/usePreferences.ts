import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { browserLanguage } from "@/lib/i18n";
import { usePreferencesStore } from "@/stores/preferencesStore";

/** Puts the chosen theme and language on the document. */
export function usePreferences(): void {
  const theme = usePreferencesStore((state) => state.theme);
  const language = usePreferencesStore((state) => state.language) ?? browserLanguage();
  const { i18n } = useTranslation();

  useEffect(() => {
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);

  useEffect(() => {
    document.documentElement.lang = language;
    void i18n.changeLanguage(language);
  }, [language, i18n]);
}
