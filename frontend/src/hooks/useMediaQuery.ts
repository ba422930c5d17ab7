import { useCallback, useSyncExternalStore } from "react";

/** Where there is one column, and no room to give away. */
export function usePhone(): boolean {
  return useMediaQuery("(max-width: 639px)");
}

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
