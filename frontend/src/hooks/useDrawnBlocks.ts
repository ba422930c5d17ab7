import { type RefObject, useEffect, useState } from "react";

/** So far above and below what is seen. */
const MARGIN = "150% 0px";
/** A shorter transcript is all there. */
const FEW_BLOCKS = 6;

interface Drawn {
  has: (block: number) => boolean;
  /** How high a block was when it was last drawn. */
  heightOf: (block: number) => number | undefined;
}

/**
 * Which blocks of a long text are in the page: those near what is seen. The others are empty boxes of about
 * their height, so that a transcript of a whole day is a few hundred elements.
 *
 * @param box What scrolls; its blocks are marked with `data-block`.
 */
export function useDrawnBlocks(box: RefObject<HTMLElement | null>, count: number): Drawn {
  const few = count <= FEW_BLOCKS || typeof IntersectionObserver === "undefined";
  const [near, setNear] = useState<ReadonlyMap<number, boolean>>(() => new Map([[0, true]]));
  const [heights] = useState(() => new Map<number, number>());

  // biome-ignore lint/correctness/useExhaustiveDependencies: more blocks are more to observe
  useEffect(() => {
    const scroller = box.current;
    if (few || !scroller) return;
    const observer = new IntersectionObserver(
      (entries) => {
        setNear((before) => {
          const next = new Map(before);
          for (const { target, isIntersecting, boundingClientRect } of entries) {
            const block = Number((target as HTMLElement).dataset.block);
            if (before.get(block)) heights.set(block, boundingClientRect.height);
            if (isIntersecting) next.set(block, true);
            else next.delete(block);
          }
          return next;
        });
      },
      { root: scroller, rootMargin: MARGIN },
    );
    for (const block of scroller.querySelectorAll("[data-block]")) observer.observe(block);
    return () => observer.disconnect();
  }, [box, few, heights, count]);

  return {
    has: (block) => few || near.has(block),
    heightOf: (block) => heights.get(block),
  };
}
