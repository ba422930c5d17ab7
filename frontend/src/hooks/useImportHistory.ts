import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import { fetchImportPage, fetchLaneHistory } from "@/api/imports";
import { queryKeys } from "@/api/queryKeys";
import { withStreamed } from "@/lib/importSummary";
import { useConnectionStore } from "@/stores/connectionStore";
import { importProgressStore } from "@/stores/importProgressStore";
import type { ImportJob } from "@/types/video";
import { useLanes } from "./useImportProgress";
import { useWantedImports } from "./useWantedImports";

/** All imports, newest first, page by page; those under way move with the stream. */
export function useImportHistory() {
  const lost = useConnectionStore((state) => state.status === "lost");
  const pages = useInfiniteQuery({
    queryKey: queryKeys.importPages,
    queryFn: async ({ pageParam, signal }) => {
      const requestedAt = performance.now();
      const page = await fetchImportPage(pageParam, signal);
      importProgressStore.absorbImports(page.items, requestedAt);
      return page;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    refetchInterval: lost ? 5000 : false,
  });
  const streamed = useSyncExternalStore(importProgressStore.subscribeImports, () =>
    importProgressStore.imports(),
  );
  const { data, hasNextPage } = pages;
  const jobs = useMemo(() => {
    if (!data) return undefined;
    const loaded = data.pages.flatMap((page) => page.items);
    // What is older than the last page that was read has its place further down.
    const oldest = hasNextPage ? (loaded.at(-1)?.created_at ?? "") : "";
    return withStreamed(
      loaded,
      streamed.filter((job) => job.created_at >= oldest),
    );
  }, [data, hasNextPage, streamed]);
  const shown = useWantedImports(jobs ?? NO_JOBS);
  return { ...pages, jobs: jobs && shown };
}

const NO_JOBS: readonly ImportJob[] = [];

const REFRESH_MS = 15_000;

/** What the lanes did in the last hour: renewed while somebody looks, and when a lane changes its state. */
export function useLaneHistory() {
  const queryClient = useQueryClient();
  const lanes = useLanes();
  const states = lanes.map((lane) => `${lane.name} ${lane.state}`).join();
  const seen = useRef(states);
  useEffect(() => {
    if (seen.current === states) return;
    seen.current = states;
    void queryClient.invalidateQueries({ queryKey: queryKeys.laneHistory });
  }, [queryClient, states]);

  const history = useQuery({
    queryKey: queryKeys.laneHistory,
    queryFn: ({ signal }) => fetchLaneHistory(signal),
    refetchInterval: REFRESH_MS,
  });
  return { ...history, lanes };
}
