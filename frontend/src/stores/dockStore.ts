import { create } from "zustand";
import { persist } from "zustand/middleware";

/** How somebody likes the block at the foot of the page: kept in this browser. */
interface Dock {
  /** All imports, or one line for them. */
  open: boolean;
  setOpen: (open: boolean) => void;
  /** Imports whose numbers are shown, newest last. */
  unfolded: readonly string[];
  toggle: (importId: string) => void;
}

const KEPT = 20;

export const useDockStore = create<Dock>()(
  persist(
    (set) => ({
      open: true,
      setOpen: (open) => set({ open }),
      unfolded: [],
      toggle: (importId) =>
        set(({ unfolded }) => ({
          unfolded: unfolded.includes(importId)
            ? unfolded.filter((id) => id !== importId)
            : [...unfolded, importId].slice(-KEPT),
        })),
    }),
    { name: "videothek.dock" },
  ),
);
