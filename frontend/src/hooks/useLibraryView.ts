import { useCallback, useEffect, useMemo, useState } from "react";
import { useSearchParams } from "react-router";
import { asFilter, asSort, type Filter, LibraryView, type Sort, type ViewedRows } from "@/lib/libraryView";
import { fold, progressOf } from "@/lib/progress";
import type { LibraryRows, VideoRow } from "@/lib/rows";
import { asTag, tagKey } from "@/lib/tags";
import { importProgressStore } from "@/stores/importProgressStore";
import { usePreferencesStore } from "@/stores/preferencesStore";

/** The stream may move 200 videos a second; counting thousands of rows anew is for once a second. */
const COUNT_MS = 1000;

/** How a list is looked at: in the address, so that a reload and the way back keep it. */
export interface ViewChoice {
  filter: Filter;
  sort: Sort;
  /** Only what has this tag. */
  tag: string | null;
  /** Another one with each choice, also of the same: choosing again decides anew what belongs to it. */
  turn: number;
  chooseFilter: (filter: Filter) => void;
  chooseSort: (sort: Sort) => void;
  chooseTag: (tag: string | null) => void;
}

export function useViewChoice(): ViewChoice {
  const [params, setParams] = useSearchParams();
  const [turn, setTurn] = useState(0);
  const usual = usePreferencesStore((state) => state.sort);
  const setUsual = usePreferencesStore((state) => state.setSort);

  const put = useCallback(
    (name: string, value: string | null) => {
      setTurn((count) => count + 1);
      window.scrollTo({ top: 0, behavior: "instant" });
      setParams(
        (old) => {
          const next = new URLSearchParams(old);
          if (value === null) next.delete(name);
          else next.set(name, value);
          return next;
        },
        { replace: true, preventScrollReset: true },
      );
    },
    [setParams],
  );
  const chooseFilter = useCallback((filter: Filter) => put("show", filter === "all" ? null : filter), [put]);
  const chooseSort = useCallback(
    (sort: Sort) => {
      setUsual(sort);
      put("sort", sort === "newest" ? null : sort);
    },
    [put, setUsual],
  );
  const chooseTag = useCallback((tag: string | null) => put("tag", tag), [put]);
  return {
    filter: asFilter(params.get("show")),
    sort: asSort(params.get("sort")) ?? usual,
    tag: asTag(params.get("tag") ?? "") || null,
    turn,
    chooseFilter,
    chooseSort,
    chooseTag,
  };
}

export function useLibraryView(
  rows: LibraryRows | undefined,
  listId: string,
  { filter, sort, tag, turn }: ViewChoice,
  pausedImports: ReadonlySet<string>,
): ViewedRows | undefined {
  const tick = useStreamTick(listId);
  const tagged = useTagged(rows, tag);
  // biome-ignore lint/correctness/useExhaustiveDependencies: choosing again begins anew
  const view = useMemo(() => new LibraryView(filter, sort), [filter, sort, turn]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the stream said is read when it said something
  return useMemo(
    () =>
      tagged &&
      view.look(tagged, {
        progressOf: streamedProgress,
        pausedLanes: importProgressStore.pausedLanes(),
        pausedImports,
        now: new Date(),
      }),
    [tagged, view, pausedImports, tick],
  );
}

/**
 * The rows with a tag. What was dropped a moment ago is shown under any: whoever drops wants to see it arrive.
 * One whose tag is taken away stays until a tag is chosen again: no tile goes away from under the pointer.
 */
function useTagged(rows: LibraryRows | undefined, tag: string | null): LibraryRows | undefined {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tag begins anew
  const members = useMemo(() => new Set<string>(), [tag]);
  return useMemo(() => {
    if (!rows || tag === null) return rows;
    const key = tagKey(tag);
    const items = rows.items.filter((row) => {
      if (row.pending || row.tags.some((name) => tagKey(name) === key)) members.add(row.youtube_id);
      return members.has(row.youtube_id);
    });
    // While the list is being read there may be more.
    return { items, total: items.length + (rows.items.length < rows.total ? 1 : 0) };
  }, [rows, tag, members]);
}

function streamedProgress(row: VideoRow) {
  const streamed = importProgressStore.video(row.id);
  return streamed ? fold(progressOf(row), streamed) : progressOf(row);
}

/** Counts up when something about this list was said, once a second at most. */
function useStreamTick(listId: string): number {
  const [tick, setTick] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        setTick((count) => count + 1);
      }, COUNT_MS);
    };
    const ends = [
      importProgressStore.subscribeEvents((events) => {
        if (events.some((event) => event.list_id === listId)) later();
      }),
      importProgressStore.subscribeLanes(later),
    ];
    return () => {
      clearTimeout(timer);
      for (const end of ends) end();
    };
  }, [listId]);
  return tick;
}
