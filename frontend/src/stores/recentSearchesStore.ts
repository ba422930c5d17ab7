import { create } from "zustand";
import { persist } from "zustand/middleware";

const MOST = 8;

interface RecentSearches {
  /** What was looked for in this browser, the last one first. */
  recent: readonly string[];
  add: (query: string) => void;
  forget: (query: string) => void;
  clear: () => void;
}

const key = (query: string) => query.trim().toLowerCase();

export const useRecentSearchesStore = create<RecentSearches>()(
  persist(
    (set) => ({
      recent: [],
      add: (query) =>
        set(({ recent }) => {
          const added = query.trim();
          if (added === "") return { recent };
          // What was typed on the way to it is no search of its own.
          const others = recent.filter((known, i) => {
            const isOnTheWay = i === 0 && key(added).startsWith(key(known));
            return key(known) !== key(added) && !isOnTheWay;
          });
          return { recent: [added, ...others].slice(0, MOST) };
        }),
      forget: (query) => set(({ recent }) => ({ recent: recent.filter((known) => known !== query) })),
      clear: () => set({ recent: [] }),
    }),
    { name: "videothek.searches" },
  ),
);
