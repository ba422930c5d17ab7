import { create } from "zustand";
import { createJSONStorage, persist } from "zustand/middleware";
import { findYoutubeIds } from "@/lib/youtubeIds";
import type { RequestErrorCode } from "@/types/errors";

/**
 * Everything a person has dropped and the server has not confirmed. Nothing accepted on the screen is ever
 * lost: what fails stays here with its text, and survives a reload of the tab.
 */
export interface Drop {
  id: string;
  listId: string;
  text: string;
  linkCount: number;
  /** `sending` after a reload means: nobody knows whether it arrived. */
  state: "sending" | "failed";
  reason: RequestErrorCode | null;
}

interface ImportDropState {
  drops: Drop[];
  begin: (listId: string, text: string) => string;
  confirmed: (id: string) => void;
  failed: (id: string, reason: RequestErrorCode) => void;
  discard: (id: string) => void;
}

/** sessionStorage holds about 5 MB; larger drops stay in memory only. */
const KEPT_CHARACTERS = 1_000_000;

let counter = 0;

export const useImportDropStore = create<ImportDropState>()(
  persist(
    (set) => ({
      drops: [],
      begin: (listId, text) => {
        counter += 1;
        const id = `${Date.now()}-${counter}`;
        const linkCount = Math.max(1, findYoutubeIds(text).length);
        const drop: Drop = { id, listId, text, linkCount, state: "sending", reason: null };
        set((state) => ({ drops: [...state.drops, drop] }));
        return id;
      },
      confirmed: (id) => set((state) => ({ drops: state.drops.filter((drop) => drop.id !== id) })),
      failed: (id, reason) =>
        set((state) => ({
          drops: state.drops.map((drop) => (drop.id === id ? { ...drop, state: "failed", reason } : drop)),
        })),
      discard: (id) => set((state) => ({ drops: state.drops.filter((drop) => drop.id !== id) })),
    }),
    {
      name: "videothek.drops",
      storage: createJSONStorage(() => sessionStorage),
      partialize: (state) => ({ drops: state.drops.filter((drop) => drop.text.length <= KEPT_CHARACTERS) }),
      // What was under way when the tab went away counts as not confirmed.
      merge: (stored, current) => ({
        ...current,
        drops: ((stored as Partial<ImportDropState> | undefined)?.drops ?? []).map((drop) => ({
          ...drop,
          state: "failed" as const,
        })),
      }),
    },
  ),
);
