import { useCallback, useSyncExternalStore } from "react";
import { selectionStore } from "@/stores/selectionStore";

/** Renders only when this one is chosen or let go. */
export function useIsSelected(id: string): boolean {
  return useSyncExternalStore(
    selectionStore.subscribe,
    useCallback(() => selectionStore.has(id), [id]),
  );
}

export function useIsSelecting(): boolean {
  return useSyncExternalStore(selectionStore.subscribe, selectionStore.isOn);
}

export function useSelectedIds(): ReadonlySet<string> {
  return useSyncExternalStore(selectionStore.subscribe, selectionStore.ids);
}
