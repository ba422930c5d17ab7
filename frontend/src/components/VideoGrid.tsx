import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useCallback, useLayoutEffect, useRef, useState } from "react";
import { gridLayout } from "@/lib/gridLayout";
import type { LibraryRows, VideoRow } from "@/lib/rows";
import { PlaceholderCard, VideoCard } from "./VideoCard";

interface Props {
  rows: LibraryRows;
  label: string;
  onRemove: (video: VideoRow) => void;
  onRetry: (video: VideoRow) => void;
}

/**
 * The library as a window over rows of fixed height: 10,000 videos are about 40 tiles in the page. Tiles are
 * placed one by one, keyed by their YouTube id, so that a tile survives new ones in front of it, and its own
 * way from a guess of the page to a row of the server.
 */
export function VideoGrid({ rows, label, onRemove, onRetry }: Props) {
  const ref = useRef<HTMLDivElement>(null);
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
  }, []);

  const { columns, tileWidth, gap, rowHeight } = gridLayout(box.width);
  const count = Math.max(rows.total, rows.items.length);
  const virtualizer = useWindowVirtualizer({
    count: box.width > 0 ? Math.ceil(count / columns) : 0,
    estimateSize: () => rowHeight,
    overscan: 2,
    scrollMargin: box.top,
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: the height of a row is read when it changes
  useLayoutEffect(() => virtualizer.measure(), [rowHeight]);

  useStablePosition(rows.items, columns, rowHeight);

  const focusTile = useCallback(
    (index: number) => {
      const find = () =>
        ref.current?.querySelector<HTMLElement>(
          `[data-index="${index}"] [data-tile-focus], [data-index="${index}"] button`,
        );
      const tile = find();
      if (tile) {
        tile.focus({ preventScroll: true });
        tile.closest("[data-index]")?.scrollIntoView({ block: "nearest" });
        return;
      }
      virtualizer.scrollToIndex(Math.floor(index / columns));
      requestAnimationFrame(() => requestAnimationFrame(() => find()?.focus({ preventScroll: true })));
    },
    [virtualizer, columns],
  );

  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -columns,
      ArrowDown: columns,
    };
    const step = steps[event.key];
    const at = (event.target as Element).closest<HTMLElement>("[data-index]")?.dataset.index;
    if (step === undefined || at === undefined || event.defaultPrevented) return;
    const next = Number(at) + step;
    if (next < 0 || next >= count) return;
    event.preventDefault();
    focusTile(next);
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: windowed items can't be children of a real list
    <div
      ref={ref}
      role="list"
      aria-label={label}
      onKeyDown={onKeyDown}
      className="relative w-full"
      style={{ height: Math.max(0, virtualizer.getTotalSize() - gap) }}
    >
      {virtualizer.getVirtualItems().flatMap((line) =>
        Array.from({ length: columns }, (_, column) => {
          const index = line.index * columns + column;
          if (index >= count) return null;
          const video = rows.items[index];
          return (
            // biome-ignore lint/a11y/useSemanticElements: see above
            <div
              key={video?.youtube_id ?? `place-${index}`}
              role="listitem"
              aria-posinset={index + 1}
              aria-setsize={count}
              data-index={index}
              className="absolute top-0 left-0 scroll-my-20"
              style={{
                width: tileWidth,
                height: rowHeight - gap,
                transform: `translate(${column * (tileWidth + gap)}px, ${line.start - box.top}px)`,
              }}
            >
              {video ? (
                <VideoCard video={video} onRemove={onRemove} onRetry={onRetry} />
              ) : (
                <PlaceholderCard />
              )}
            </div>
          );
        }),
      )}
    </div>
  );
}

/** Videos that arrive in front while somebody is further down must not push what they look at. */
function useStablePosition(items: readonly VideoRow[], columns: number, rowHeight: number): void {
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
