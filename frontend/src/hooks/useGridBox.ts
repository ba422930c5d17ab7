import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import type { GridLayout } from "@/lib/gridLayout";
import type { VideoRow } from "@/lib/rows";

/** How wide the grid is, and how far down the page it begins. */
export function useGridBox(ref: RefObject<HTMLElement | null>): { width: number; top: number } {
  const [box, setBox] = useState({ width: 0, top: 0 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => {
      const bounds = element.getBoundingClientRect();
      const next = { width: bounds.width, top: Math.round(bounds.top + window.scrollY) };
      setBox((old) => (old.width === next.width && old.top === next.top ? old : next));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    // Things above the grid may come and go.
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [ref]);
  return box;
}

/** Videos that arrive in front while somebody is further down must not push what they look at. */
export function useStablePosition(items: readonly VideoRow[], { columns, rowHeight }: GridLayout): void {
  const first = useRef<string | undefined>(undefined);
  useLayoutEffect(() => {
    const before = first.current;
    first.current = items[0]?.youtube_id;
    if (before === undefined || before === first.current || window.scrollY < rowHeight) return;
    const moved = items.findIndex((item) => item.youtube_id === before);
    const lines = Math.floor(moved / columns);
    if (lines > 0) window.scrollBy({ top: lines * rowHeight, behavior: "instant" });
  }, [items, columns, rowHeight]);
}

/** Another density or another width: what was at the top of the window stays there. */
export function useSamePlace({ columns, rowHeight }: GridLayout, top: number): void {
  const before = useRef({ columns, rowHeight });
  useLayoutEffect(() => {
    const old = before.current;
    before.current = { columns, rowHeight };
    if (old.columns === columns && old.rowHeight === rowHeight) return;
    const down = window.scrollY - top;
    if (down <= 0 || old.rowHeight <= 0) return;
    const index = Math.floor(down / old.rowHeight) * old.columns;
    const within = (down % old.rowHeight) / old.rowHeight;
    const line = Math.floor(index / columns) + within;
    window.scrollTo({ top: top + line * rowHeight, behavior: "instant" });
  }, [columns, rowHeight, top]);
}

const positions = new Map<string, number>();

/** Coming back from a video finds the grid where it was left. */
export function useRememberedScroll(key: string, ready: boolean, goingBack: boolean): void {
  const restored = useRef(false);
  useLayoutEffect(() => {
    if (!ready || restored.current) return;
    restored.current = true;
    const top = goingBack ? positions.get(key) : undefined;
    // After the virtual height is there.
    requestAnimationFrame(() => window.scrollTo({ top: top ?? 0, behavior: "instant" }));
  }, [key, ready, goingBack]);

  // A layout effect, so that it ends with the page: what is shorter takes its place and is scrolled up by
  // the browser before passive effects are cleaned up, and that must not be remembered as this page's.
  useLayoutEffect(() => {
    const remember = () => positions.set(key, window.scrollY);
    window.addEventListener("scroll", remember, { passive: true });
    return () => window.removeEventListener("scroll", remember);
  }, [key]);
}
