import { create } from "zustand";
import { persist } from "zustand/middleware";
import type { Density } from "@/lib/gridLayout";
import type { Language } from "@/lib/i18n";
import type { Sort } from "@/lib/libraryView";

export type Theme = "system" | "light" | "dark";

export type CaptionSize = "small" | "medium" | "large";
export type CaptionPlace = "under" | "over";

/** What the captions look like that are shown with a video. */
export interface CaptionLook {
  captionsShown: boolean;
  captionsSize: CaptionSize;
  captionsPlace: CaptionPlace;
  /** A dark ground behind their letters, where they are over the picture. */
  captionsGround: boolean;
}

interface Preferences extends CaptionLook {
  theme: Theme;
  /** null: whatever the browser asks for. */
  language: Language | null;
  /** How fast videos play. */
  speed: number;
  lastListId: string | null;
  density: Density;
  /** Of every list that is opened without one in its address. */
  sort: Sort;
  setTheme: (theme: Theme) => void;
  setLanguage: (language: Language | null) => void;
  setCaptions: (look: Partial<CaptionLook>) => void;
  setSpeed: (speed: number) => void;
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
      captionsSize: "medium",
      captionsPlace: "under",
      captionsGround: true,
      speed: 1,
      lastListId: null,
      density: "comfortable",
      sort: "newest",
      setTheme: (theme) => set({ theme }),
      setLanguage: (language) => set({ language }),
      setCaptions: (look) => set(look),
      setSpeed: (speed) => set({ speed }),
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
