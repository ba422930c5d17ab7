import { defaultRangeExtractor, type Range, useWindowVirtualizer } from "@tanstack/react-virtual";
import { type FocusEvent, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useGridBox, useSamePlace, useStablePosition } from "@/hooks/useGridBox";
import { useGridKeys } from "@/hooks/useGridKeys";
import { idsOf, tileIndex, useGridPointer } from "@/hooks/useGridPointer";
import { useIsSelecting } from "@/hooks/useSelection";
import { type Density, gridLayout } from "@/lib/gridLayout";
import type { LibraryRows, VideoRow } from "@/lib/rows";
import { selectionStore } from "@/stores/selectionStore";
import { PlaceholderCard, VideoCard } from "./VideoCard";

interface Props {
  rows: LibraryRows;
  label: string;
  density: Density;
  pausedImports: ReadonlySet<string>;
  onRemove: (videoIds: readonly string[]) => void;
  onRetry: (video: VideoRow) => void;
}

/**
 * The library as a window over rows of fixed height: 10,000 videos are about 40 tiles in the page. Tiles are
 * placed one by one, keyed by their YouTube id, so that a tile survives new ones in front of it, and its own
 * way from a guess of the page to a row of the server. The Tab key comes to one tile, arrows to the others.
 */
export function VideoGrid({ rows, label, density, pausedImports, onRemove, onRetry }: Props) {
  const ref = useRef<HTMLDivElement>(null);
  const box = useGridBox(ref);
  const layout = gridLayout(box.width, density);
  const { columns, tileWidth, tileHeight, gap, rowHeight } = layout;
  const { items } = rows;
  const count = Math.max(rows.total, items.length);
  const [active, setActive] = useState<{ key: string; index: number } | null>(null);
  const [focused, setFocused] = useState(false);
  const activeIndex = useActiveIndex(items, active);

  // The focused tile stays in the page, it alone, when it is scrolled away: the focus would be lost with it.
  const kept = focused && activeIndex !== null ? Math.floor(activeIndex / columns) : null;
  const virtualizer = useWindowVirtualizer({
    count: box.width > 0 ? Math.ceil(count / columns) : 0,
    estimateSize: () => rowHeight,
    overscan: layout.overscan,
    scrollMargin: box.top,
    rangeExtractor: useCallback((range: Range) => withLine(defaultRangeExtractor(range), kept), [kept]),
  });
  const lines = virtualizer.getVirtualItems();
  const { startIndex = 0, endIndex = 0 } = virtualizer.range ?? {};
  const farAway =
    kept !== null && (kept < startIndex - layout.overscan || kept > endIndex + layout.overscan) ? kept : null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the height of a row is read when it changes
  useLayoutEffect(() => virtualizer.measure(), [rowHeight]);
  useStablePosition(items, layout);
  useSamePlace(layout, box.top);

  const focusTile = useCallback(
    (index: number) => {
      const find = () => ref.current?.querySelector<HTMLElement>(`[data-index="${index}"] [data-tile-focus]`);
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
  useNextAfterRemoval(items, active, focused, focusTile);
  useEffect(() => {
    if (selectionStore.ids().size > 0) selectionStore.keepOnly(new Set(idsOf(items)));
  }, [items]);

  const onKeyDown = useGridKeys({ items, count, columns, rowHeight, focusTile, onRemove });
  const onRemoveOne = useCallback((video: VideoRow) => onRemove([video.id]), [onRemove]);
  const onFocus = (event: FocusEvent) => {
    if (event.target === ref.current) return focusTile(firstShown);
    const index = tileIndex(event.target);
    const key = index === null ? undefined : items[index]?.youtube_id;
    if (index === null || key === undefined) return;
    setFocused(true);
    if (key !== active?.key) setActive({ key, index });
  };
  const onBlur = (event: FocusEvent) => {
    // A tile that goes away takes the focus with it, and nobody has left the grid.
    if (event.relatedTarget && !ref.current?.contains(event.relatedTarget)) setFocused(false);
  };

  // Before somebody was on a tile, and when that one is far away, the Tab key comes to the grid, which hands the
  // focus on. So no tile has to be told, while the window scrolls, that it is the first one now.
  const isShown =
    activeIndex !== null && lines.some(({ index }) => index === Math.floor(activeIndex / columns));
  const tabStop = isShown ? activeIndex : null;
  const line = Math.max(0, Math.ceil((window.scrollY - box.top) / rowHeight));
  const firstShown = Math.min(line * columns, count - 1);

  return (
    // biome-ignore lint/a11y/useSemanticElements: windowed items can't be children of a real list
    <div
      ref={ref}
      role="list"
      tabIndex={isShown ? -1 : 0}
      aria-label={label}
      data-density={density}
      data-selecting={useIsSelecting() || undefined}
      onKeyDown={onKeyDown}
      onFocus={onFocus}
      onBlur={onBlur}
      {...useGridPointer(items)}
      className="relative w-full data-selecting:select-none"
      style={{ height: Math.max(0, virtualizer.getTotalSize() - gap) }}
    >
      {lines.flatMap((line) =>
        Array.from({ length: columns }, (_, column) => {
          const index = line.index * columns + column;
          if (index >= count || (line.index === farAway && index !== activeIndex)) return null;
          const video = items[index];
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
                height: tileHeight,
                transform: `translate(${column * (tileWidth + gap)}px, ${line.start - box.top}px)`,
              }}
            >
              {video ? (
                <VideoCard
                  video={video}
                  line={density === "list"}
                  tabStop={index === tabStop}
                  importPaused={video.import_id !== null && pausedImports.has(video.import_id)}
                  onRemove={onRemoveOne}
                  onRetry={onRetry}
                />
              ) : (
                <PlaceholderCard line={density === "list"} />
              )}
            </div>
          );
        }),
      )}
    </div>
  );
}

function withLine(lines: number[], kept: number | null): number[] {
  if (kept === null || lines.includes(kept)) return lines;
  return [...lines, kept].sort((a, b) => a - b);
}

/** Where the active tile is now: others may have come in front of it, or taken its place. */
function useActiveIndex(items: readonly VideoRow[], active: { key: string; index: number } | null) {
  if (!active) return null;
  if (items[active.index]?.youtube_id === active.key) return active.index;
  const index = items.findIndex((row) => row.youtube_id === active.key);
  return index < 0 ? Math.min(active.index, items.length - 1) : index;
}

/** The focus of a tile that was removed goes to the one that takes its place. */
function useNextAfterRemoval(
  items: readonly VideoRow[],
  active: { key: string; index: number } | null,
  focused: boolean,
  focusTile: (index: number) => void,
): void {
  useEffect(() => {
    if (!active || !focused || items.length === 0) return;
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (!lost || items.some((row) => row.youtube_id === active.key)) return;
    focusTile(Math.min(active.index, items.length - 1));
  }, [items, active, focused, focusTile]);
}
