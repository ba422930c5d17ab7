import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { usePhone } from "@/hooks/useMediaQuery";
import { canBeDropped } from "@/lib/previewChoices";
import type { PreviewGroup, PreviewItem } from "@/types/video";
import { CheckBox } from "./CheckBox";
import { columnsOf, PreviewRow } from "./PreviewRow";

const ROW_REM = 3.5;
const CARD_REM = 4.75;

interface Props {
  items: readonly PreviewItem[];
  /** Empty: it is not worth saying where a line stands. */
  groups: readonly PreviewGroup[];
  leftOut: ReadonlySet<number>;
  dropped: ReadonlySet<number>;
  /** What scrolls it. */
  scroller: HTMLElement | null;
  onTake: (items: readonly PreviewItem[], taken: boolean) => void;
}

/**
 * Every line as a window over rows of fixed height: ten thousand are about twenty in the page. One of its
 * boxes is in the order of Tab; the arrow keys go from one to the next.
 */
export function PreviewTable({ items, groups, leftOut, dropped, scroller, onTake }: Props) {
  const { t } = useTranslation();
  const [body, setBody] = useState<HTMLTableSectionElement | null>(null);
  const [active, setActive] = useState(-1);
  const top = useTopIn(scroller, body);
  const rowHeight = (usePhone() ? CARD_REM : ROW_REM) * rootFontSize();
  const first = items.findIndex(canBeDropped);
  const current = items[active] && canBeDropped(items[active]) ? active : first;
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller,
    estimateSize: () => rowHeight,
    overscan: 6,
    scrollMargin: top,
    // The one that has the focus stays, wherever somebody scrolls.
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      return current < 0 || shown.includes(current) ? shown : [...shown, current].sort((a, b) => a - b);
    },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height of a row is read when it changes
  useLayoutEffect(() => virtualizer.measure(), [rowHeight]);

  const wanted = useRef(-1);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = nextBox(items, current, event.key);
    if (next === null) return;
    event.preventDefault();
    wanted.current = next;
    setActive(next);
    virtualizer.scrollToIndex(next);
  };
  useLayoutEffect(() => {
    if (wanted.current < 0) return;
    const box = body?.querySelector<HTMLElement>(`[data-index="${wanted.current}"] input`);
    if (!box) return;
    wanted.current = -1;
    box.focus({ preventScroll: true });
  });

  const grouped = groups.length > 0;
  const boxes = items.filter(canBeDropped);
  const taken = boxes.filter(({ position }) => !dropped.has(position)).length;
  return (
    <table
      className="block"
      aria-label={t("preview.table")}
      aria-rowcount={items.length + 1}
      data-testid="preview-items"
    >
      <thead className="block bg-surface-1 sm:sticky sm:top-0 sm:z-10 sm:border-b sm:border-surface-3">
        <tr
          className={`grid items-center py-2 text-left text-xs text-text-3 ${columnsOf(grouped)}`}
          aria-rowindex={1}
        >
          <th scope="col" className="flex pl-1 font-semibold max-sm:items-center max-sm:gap-3">
            {boxes.length > 0 ? (
              <>
                <CheckBox
                  aria-label={t("preview.takeAll")}
                  checked={taken === boxes.length}
                  partly={taken > 0 && taken < boxes.length}
                  onChange={(all) => onTake(boxes, all)}
                />
                <span aria-hidden className="sm:hidden">
                  {t("preview.column_take")}
                </span>
              </>
            ) : (
              <span className="sr-only">{t("preview.column_take")}</span>
            )}
          </th>
          {!grouped && (
            <th scope="col" className="font-semibold max-sm:sr-only sm:text-right">
              {t("preview.column_line")}
            </th>
          )}
          <th scope="col" className="font-semibold max-sm:sr-only">
            {t("preview.column_text")}
          </th>
          <th scope="col" className="font-semibold max-sm:sr-only">
            {t("preview.column_verdict")}
          </th>
        </tr>
      </thead>
      <tbody
        ref={setBody}
        className="relative block"
        style={{ height: virtualizer.getTotalSize() }}
        onKeyDown={onKeyDown}
      >
        {virtualizer.getVirtualItems().map((row) => {
          const item = items[row.index];
          if (!item) return null;
          return (
            <PreviewRow
              key={item.position}
              item={item}
              group={item.group === null ? null : (groups[item.group]?.name ?? null)}
              grouped={grouped}
              leftOut={leftOut.has(item.position)}
              dropped={dropped.has(item.position)}
              index={row.index}
              reachable={row.index === current}
              top={row.start - top}
              height={row.size}
              onTake={onTake}
              onFocus={setActive}
            />
          );
        })}
      </tbody>
    </table>
  );
}

const PAGE = 10;

/** Where a key leads: the next line that has a box. null: it is no key of ours, or there is none. */
function nextBox(items: readonly PreviewItem[], from: number, key: string): number | null {
  const [start, step] =
    key === "ArrowDown"
      ? [from + 1, 1]
      : key === "ArrowUp"
        ? [from - 1, -1]
        : key === "PageDown"
          ? [Math.min(from + PAGE, items.length - 1), 1]
          : key === "PageUp"
            ? [Math.max(from - PAGE, 0), -1]
            : key === "Home"
              ? [0, 1]
              : key === "End"
                ? [items.length - 1, -1]
                : [-1, 0];
  if (step === 0) return null;
  for (let i = start; i >= 0 && i < items.length; i += step) {
    const item = items[i];
    if (item && canBeDropped(item)) return i;
  }
  return null;
}

/** Rows grow with the letters somebody has chosen. */
const rootFontSize = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;

/** Where the rows begin in what scrolls them; what stands above them may come and go. */
function useTopIn(scroller: HTMLElement | null, element: HTMLElement | null): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    if (!element || !scroller) return;
    const measure = () => {
      const distance = element.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
      setTop(Math.round(distance + scroller.scrollTop));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(scroller);
    for (const child of scroller.children) observer.observe(child);
    return () => observer.disconnect();
  }, [element, scroller]);
  return top;
}
