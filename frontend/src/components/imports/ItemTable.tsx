import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useImportItems, usePlaylistLines } from "@/hooks/useImport";
import { usePhone } from "@/hooks/useMediaQuery";
import { number } from "@/lib/format";
import type { ImportItem, ImportState, ItemOutcome } from "@/types/video";
import { Button } from "../ui/Button";
import { columns, ItemRow } from "./ItemRow";

const ROW_REM = 4.5;
const CARD_REM = 8.25;

interface Props {
  importId: string;
  filter: ItemOutcome | null;
  state: ImportState;
  /** Changes when lines have to be read again. */
  version: string;
}

/** Every line of the input as a window over rows of fixed height: ten thousand are about twenty in the page. */
export function ItemTable({ importId, filter, state, version }: Props) {
  const { t } = useTranslation();
  const { items, total, isError, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useImportItems(
    importId,
    filter,
    version,
  );
  const originOf = useOrigins(importId, filter, items);
  const [body, setBody] = useState<HTMLTableSectionElement | null>(null);
  const top = useTopOf(body);
  const card = usePhone();
  const rowHeight = (card ? CARD_REM : ROW_REM) * rootFontSize();
  const virtualizer = useWindowVirtualizer({
    count: items ? total : 0,
    estimateSize: () => rowHeight,
    overscan: 6,
    scrollMargin: top,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height of a row is read when it changes
  useLayoutEffect(() => virtualizer.measure(), [rowHeight]);

  const rows = virtualizer.getVirtualItems();
  const last = rows.at(-1)?.index ?? 0;
  const missing = items !== undefined && last >= items.length - 1 && hasNextPage && !isFetchingNextPage;
  useEffect(() => {
    if (missing) void fetchNextPage();
  }, [missing, fetchNextPage]);

  if (!items && isError) {
    return (
      <div className="grid justify-items-start gap-3 pt-4">
        <p>{t("items.loadFailed")}</p>
        <Button onClick={() => void refetch()}>{t("common.tryAgain")}</Button>
      </div>
    );
  }
  if (items && total === 0) {
    return (
      <p className="mt-4 rounded-xl bg-surface-2 px-5 py-8 text-center text-text-2">{t("items.empty")}</p>
    );
  }
  return (
    <table
      className="block"
      aria-label={t("items.table")}
      aria-rowcount={total + 1}
      data-testid="import-items"
    >
      <thead className="sr-only sm:not-sr-only sm:sticky sm:top-0 sm:z-10 sm:block sm:border-b sm:border-surface-3 sm:bg-surface-0">
        <tr className={`grid py-2 text-left text-xs text-text-3 ${columns}`} aria-rowindex={1}>
          <th scope="col" className="font-semibold sm:text-right">
            {t("items.line")}
          </th>
          <th scope="col" className="font-semibold">
            {t("items.text")}
          </th>
          <th scope="col" className="font-semibold">
            {t("items.video")}
          </th>
          <th scope="col" className="font-semibold">
            {t("items.outcome")}
          </th>
        </tr>
      </thead>
      <tbody ref={setBody} className="relative block" style={{ height: virtualizer.getTotalSize() }}>
        {rows.map((row) => (
          <ItemRow
            key={items?.[row.index]?.id ?? `place-${row.index}`}
            item={items?.[row.index] ?? null}
            state={state}
            origin={originOf(items?.[row.index])}
            index={row.index}
            top={row.start - top}
            height={row.size}
          />
        ))}
      </tbody>
    </table>
  );
}

/** Which line of the input brought a line. Playlists come before their videos, unless only some lines are shown. */
function useOrigins(importId: string, filter: ItemOutcome | null, items: readonly ImportItem[] | undefined) {
  const { t, i18n } = useTranslation();
  const missing = filter !== null && (items?.some((item) => item.parent_item_id !== null) ?? false);
  const read = usePlaylistLines(importId, missing);
  const playlists = useMemo(() => {
    const all = [...(read ?? []), ...(items ?? [])];
    return new Map(all.filter((item) => item.verdict === "playlist").map((item) => [item.id, item]));
  }, [read, items]);
  return (item: ImportItem | undefined): string | null => {
    if (!item?.parent_item_id) return null;
    const playlist = playlists.get(item.parent_item_id);
    if (!playlist) return t("items.fromPlaylist");
    const line = number(playlist.line, i18n.language);
    return t(playlist.reason_code === "channel" ? "items.fromChannelLine" : "items.fromLine", { line });
  };
}

/** Rows grow with the letters somebody has chosen. */
const rootFontSize = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;

/** Where the rows begin on the page; what stands above them may come and go. */
function useTopOf(element: HTMLElement | null): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    if (!element) return;
    const measure = () => setTop(Math.round(element.getBoundingClientRect().top + window.scrollY));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [element]);
  return top;
}
