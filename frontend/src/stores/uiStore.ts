import { create } from "zustand";
import type { ImportJob, VideoList } from "@/types/video";

export type OpenDialog =
  | { kind: "none" }
  | { kind: "add"; text: string }
  | { kind: "shortcuts" }
  | { kind: "newList" }
  | { kind: "renameList" | "deleteList"; list: VideoList }
  | { kind: "follow" | "exportList" | "mergeList" | "shareList" | "leaveList"; list: VideoList }
  | { kind: "undoImport"; job: ImportJob };

interface UiState {
  dialog: OpenDialog;
  openAdd: (text?: string) => void;
  openShortcuts: () => void;
  open: (dialog: OpenDialog) => void;
  close: () => void;
  /** What a screen reader is told: starts and ends of imports, never each percent. */
  announcement: string;
  announce: (text: string) => void;
  /** Single adds whose end is worth saying; a batch is announced as a whole. */
  awaited: ReadonlySet<string>;
  awaitEnd: (videoId: string) => void;
  ended: (videoId: string) => void;
}

export const useUiStore = create<UiState>()((set) => ({
  dialog: { kind: "none" },
  openAdd: (text = "") => set({ dialog: { kind: "add", text } }),
  openShortcuts: () => set({ dialog: { kind: "shortcuts" } }),
  open: (dialog) => set({ dialog }),
  close: () => set({ dialog: { kind: "none" } }),
  announcement: "",
  announce: (announcement) => set({ announcement }),
  awaited: new Set(),
  awaitEnd: (videoId) => set((state) => ({ awaited: new Set([...state.awaited, videoId]) })),
  ended: (videoId) =>
    set((state) => ({ awaited: new Set([...state.awaited].filter((id) => id !== videoId)) })),
}));
