import { create } from "zustand";

export type OpenDialog = { kind: "add"; text: string } | { kind: "shortcuts" } | { kind: "none" };

interface UiState {
  dialog: OpenDialog;
  openAdd: (text?: string) => void;
  openShortcuts: () => void;
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
  close: () => set({ dialog: { kind: "none" } }),
  announcement: "",
  announce: (announcement) => set({ announcement }),
  awaited: new Set(),
  awaitEnd: (videoId) => set((state) => ({ awaited: new Set([...state.awaited, videoId]) })),
  ended: (videoId) =>
    set((state) => ({ awaited: new Set([...state.awaited].filter((id) => id !== videoId)) })),
}));
