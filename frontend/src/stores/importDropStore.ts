import { create } from "zustand";
import { createJSONStorage, persist } from "zustand/middleware";
import type { DropInput } from "@/lib/dropContent";
import { findYoutubeIds } from "@/lib/youtubeIds";
import type { RequestErrorCode } from "@/types/errors";
import type { ImportOptions } from "@/types/video";

/**
 * Everything a person has dropped and the server has not confirmed. Nothing accepted on the screen is ever
 * lost: what fails stays here with its text, and survives a reload of the tab. Files stay in memory only.
 */
export interface Drop extends DropInput {
  id: string;
  /** The list that was looked at, or that has been chosen meanwhile. */
  listId: string;
  linkCount: number;
  /** `preview`: a person is looking at what is in it. `sending` after a reload: nobody knows whether it arrived. */
  state: "preview" | "sending" | "failed";
  /** null: it is not known what came of it. */
  reason: RequestErrorCode | "not_confirmed" | null;
  /** What was chosen in its preview, and which videos are new by that: absent where there was none. */
  chosen?: Chosen;
}

export interface Chosen {
  options: ImportOptions;
  /** Those that become tiles of `listId` at once. */
  youtubeIds: readonly string[];
}

interface ImportDropState {
  drops: Drop[];
  begin: (listId: string, text: string) => string;
  /** Asks what is in it before anything is stored; with choices made before, if there are some. */
  ask: (listId: string, input: DropInput, chosen?: Chosen) => string;
  askAgain: (id: string) => void;
  send: (id: string, listId: string, chosen: Chosen) => void;
  confirmed: (id: string) => void;
  failed: (id: string, reason: RequestErrorCode) => void;
  discard: (id: string) => void;
}

/** sessionStorage holds about 5 MB; larger drops stay in memory only. */
const KEPT_CHARACTERS = 1_000_000;

let counter = 0;

function aDrop(listId: string, input: DropInput, state: Drop["state"], chosen?: Chosen): Drop {
  counter += 1;
  const { text, files } = input;
  const linkCount = Math.max(1, findYoutubeIds(text).length);
  const id = `${Date.now()}-${counter}`;
  return { id, listId, text, files, linkCount, state, reason: null, ...(chosen && { chosen }) };
}

/** What was under way when the tab went away counts as not confirmed. */
function afterReload(drop: Drop): Drop {
  const reason = drop.state === "preview" ? "not_confirmed" : drop.reason;
  return { ...drop, files: [], state: "failed", reason };
}

export const useImportDropStore = create<ImportDropState>()(
  persist(
    (set) => {
      const add = (drop: Drop) => {
        set((state) => ({ drops: [...state.drops, drop] }));
        return drop.id;
      };
      const change = (id: string, changes: Partial<Drop>) =>
        set((state) => ({
          drops: state.drops.map((drop) => (drop.id === id ? { ...drop, ...changes } : drop)),
        }));
      const remove = (id: string) =>
        set((state) => ({ drops: state.drops.filter((drop) => drop.id !== id) }));
      return {
        drops: [],
        begin: (listId, text) => add(aDrop(listId, { text, files: [] }, "sending")),
        ask: (listId, input, chosen) => add(aDrop(listId, input, "preview", chosen)),
        askAgain: (id) => change(id, { state: "preview", reason: null }),
        send: (id, listId, chosen) => change(id, { listId, chosen, state: "sending", reason: null }),
        confirmed: remove,
        failed: (id, reason) => change(id, { state: "failed", reason }),
        discard: remove,
      };
    },
    {
      name: "videothek.drops",
      storage: createJSONStorage(() => sessionStorage),
      partialize: ({ drops }) => ({
        drops: drops.filter(({ text, files }) => files.length === 0 && text.length <= KEPT_CHARACTERS),
      }),
      merge: (stored, current) => ({
        ...current,
        drops: ((stored as Partial<ImportDropState> | undefined)?.drops ?? []).map(afterReload),
      }),
    },
  ),
);
