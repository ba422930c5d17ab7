import { type FocusEvent, type RefObject, useLayoutEffect, useRef } from "react";

/** A result that goes while it has the focus hands it on to the one that takes its place. */
export function useResultFocus(list: RefObject<HTMLElement | null>, videoIds: readonly string[]) {
  const held = useRef<string | null>(null);
  const before = useRef(videoIds);
  useLayoutEffect(() => {
    const { current: id } = held;
    const place = id === null ? -1 : before.current.indexOf(id);
    before.current = videoIds;
    if (place < 0 || id === null || videoIds.includes(id)) return;
    held.current = null;
    const next = videoIds[Math.min(place, videoIds.length - 1)];
    if (next === undefined || document.activeElement !== document.body) return;
    const line = `[data-result="${CSS.escape(next)}"] [data-line="video"]`;
    list.current?.querySelector<HTMLElement>(line)?.focus({ preventScroll: true });
  }, [list, videoIds]);
  // What is taken out of the page does not say that it loses the focus.
  return {
    onFocus: ({ target }: FocusEvent<HTMLElement>) => {
      held.current = target.closest<HTMLElement>("[data-result]")?.dataset.result ?? null;
    },
    onBlur: () => {
      held.current = null;
    },
  };
}
