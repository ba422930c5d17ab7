import { type RefObject, useLayoutEffect } from "react";

/** Where a page of results was left: how high from the window's top its first visible video stood. */
const places = new Map<string, { videoId: string; top: number }>();

/** The header ends here; what is below it is looked at. Between two results there is nothing. */
const LOOKS_AT_PX = [130, 160, 190];

/** Results out of view have no true height before they come into it: so many frames until all is in place. */
const FRAMES = 4;

/**
 * Another question is read from its top; whoever comes back finds the video that was looked at where it was.
 * Not by the distance from the top of the page: that is only known of what was drawn.
 *
 * @param key The question.
 * @param ready Its answer is shown.
 */
export function useRememberedResult(
  list: RefObject<HTMLElement | null>,
  key: string,
  ready: boolean,
  goingBack: boolean,
): void {
  useLayoutEffect(() => {
    if (!ready) return;
    const place = goingBack ? places.get(key) : undefined;
    if (!place) {
      window.scrollTo({ top: 0, behavior: "instant" });
      return;
    }
    let left = FRAMES;
    const settle = () => {
      const result = list.current?.querySelector(`[data-result="${CSS.escape(place.videoId)}"]`);
      if (!result) return;
      const by = result.getBoundingClientRect().top - place.top;
      if (by !== 0) window.scrollBy({ top: by, behavior: "instant" });
      left -= 1;
      if (left > 0) frame = requestAnimationFrame(settle);
    };
    let frame = requestAnimationFrame(settle);
    return () => cancelAnimationFrame(frame);
  }, [list, key, ready, goingBack]);

  // A layout effect, so that it ends with the page: what takes its place scrolls, too.
  useLayoutEffect(() => {
    if (!ready) return;
    const remember = () => {
      const box = list.current?.getBoundingClientRect();
      if (!box) return;
      for (const y of LOOKS_AT_PX) {
        const result = document.elementFromPoint(box.left + 20, y)?.closest<HTMLElement>("[data-result]");
        if (!result) continue;
        const { result: videoId = "" } = result.dataset;
        places.set(key, { videoId, top: result.getBoundingClientRect().top });
        return;
      }
      places.delete(key);
    };
    window.addEventListener("scroll", remember, { passive: true });
    return () => window.removeEventListener("scroll", remember);
  }, [list, key, ready]);
}
