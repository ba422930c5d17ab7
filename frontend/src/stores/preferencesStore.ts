import { create } from "zustand";
import { persist } from "zustand/middleware";
import type { Density } from "@/lib/gridLayout";
import type { Language } from "@/lib/i18n";
import type { Sort } from "@/lib/libraryView";

export type Theme = "system" | "light" | "dark";

interface Preferences {
  theme: Theme;
  /** null: whatever the browser asks for. */
  language: Language | null;
  captionsShown: boolean;
  lastListId: string | null;
  density: Density;
  /** Of every list that is opened without one in its address. */
  sort: Sort;
  setTheme: (theme: Theme) => void;
  setLanguage: (language: Language | null) => void;
  setCaptionsShown: (shown: boolean) => void;
  setLastListId: (id: string) => void;
  setDensity: (density: Density) => void;
  setSort: (sort: Sort) => void;
}

/** Read by public/theme.js under the same key before the first paint. */
export const usePreferencesStore = create<Preferences>()(
  persist(
    (set) => ({
      theme: "system",
      language: null,
      captionsShown: true,
      lastListId: null,
      density: "comfortable",
      sort: "newest",
      setTheme: (theme) => set({ theme }),
      setLanguage: (language) => set({ language }),
      setCaptionsShown: (captionsShown) => set({ captionsShown }),
      setLastListId: (lastListId) => set({ lastListId }),
      setDensity: (density) => set({ density }),
      setSort: (sort) => set({ sort }),
    }),
    { name: "videothek.preferences" },
  ),
);

// Each tab writes everything it knows: without this, an older tab would undo what was chosen in this one.
globalThis.addEventListener?.("storage", (event) => {
  if (event.key === usePreferencesStore.persist.getOptions().name)
    void usePreferencesStore.persist.rehydrate();
});
