import { useCallback, useEffect, useMemo, useState } from "react";
import { useSearchParams } from "react-router";
import { asFilter, asSort, type Filter, LibraryView, type Sort, type ViewedRows } from "@/lib/libraryView";
import { fold, progressOf } from "@/lib/progress";
import type { LibraryRows, VideoRow } from "@/lib/rows";
import { importProgressStore } from "@/stores/importProgressStore";
import { usePreferencesStore } from "@/stores/preferencesStore";

/** The stream may move 200 videos a second; counting thousands of rows anew is for once a second. */
const COUNT_MS = 1000;

/** How a list is looked at: in the address, so that a reload and the way back keep it. */
export interface ViewChoice {
  filter: Filter;
  sort: Sort;
  /** Another one with each choice, also of the same: choosing again decides anew what belongs to it. */
  turn: number;
  chooseFilter: (filter: Filter) => void;
  chooseSort: (sort: Sort) => void;
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
  return {
    filter: asFilter(params.get("show")),
    sort: asSort(params.get("sort")) ?? usual,
    turn,
    chooseFilter,
    chooseSort,
  };
}

export function useLibraryView(
  rows: LibraryRows | undefined,
  listId: string,
  { filter, sort, turn }: ViewChoice,
  pausedImports: ReadonlySet<string>,
): ViewedRows | undefined {
  const tick = useStreamTick(listId);
  // biome-ignore lint/correctness/useExhaustiveDependencies: choosing again begins anew
  const view = useMemo(() => new LibraryView(filter, sort), [filter, sort, turn]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the stream said is read when it said something
  return useMemo(
    () =>
      rows &&
      view.look(rows, {
        progressOf: streamedProgress,
        pausedLanes: importProgressStore.pausedLanes(),
        pausedImports,
        now: new Date(),
      }),
    [rows, view, pausedImports, tick],
  );
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
