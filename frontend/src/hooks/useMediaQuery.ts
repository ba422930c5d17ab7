import { useCallback, useSyncExternalStore } from "react";

export function useMediaQuery(query: string): boolean {
  return useSyncExternalStore(
    useCallback(
      (listener) => {
        const list = matchMedia(query);
        list.addEventListener("change", listener);
        return () => list.removeEventListener("change", listener);
      },
      [query],
    ),
    () => matchMedia(query).matches,
  );
}

/** A phone or tablet: fingers, and nothing to drag from another window. */
export const useTouch = () => useMediaQuery("(pointer: coarse)");
