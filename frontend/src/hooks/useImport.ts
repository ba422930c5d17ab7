import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import { fetchImport, fetchImportItems } from "@/api/imports";
import { queryKeys } from "@/api/queryKeys";
import { itemProgress } from "@/lib/importOutcomes";
import { fold } from "@/lib/progress";
import { useConnectionStore } from "@/stores/connectionStore";
import { importProgressStore } from "@/stores/importProgressStore";
import type { VideoProgress } from "@/types/progress";
import type { ImportItemVideo, ItemOutcome } from "@/types/video";
import { useWantedImports } from "./useWantedImports";

/** One import, moving with the stream. */
export function useImport(importId: string) {
  const lost = useConnectionStore((state) => state.status === "lost");
  const query = useQuery({
    queryKey: queryKeys.import(importId),
    queryFn: async ({ signal }) => {
      const requestedAt = performance.now();
      const job = await fetchImport(importId, signal);
      importProgressStore.absorbImports([job], requestedAt);
      return job;
    },
    refetchInterval: lost ? 5000 : false,
  });
  const streamed = useSyncExternalStore(importProgressStore.subscribeImports, () =>
    importProgressStore.imports().find((job) => job.id === importId),
  );
  const known = streamed ?? query.data;
  const [job] = useWantedImports(useMemo(() => (known ? [known] : []), [known]));
  return { job, error: query.error, refetch: query.refetch };
}

const PAGE_SIZE = 200;

/** The lines of an import, page by page as somebody gets there; read again when more than progress has changed. */
export function useImportItems(importId: string, outcome: ItemOutcome | null, version: string) {
  const queryClient = useQueryClient();
  const seen = useRef(version);
  useEffect(() => {
    if (seen.current === version) return;
    seen.current = version;
    void queryClient.invalidateQueries({ queryKey: queryKeys.importItems(importId) });
  }, [queryClient, importId, version]);

  const query = useInfiniteQuery({
    queryKey: [...queryKeys.importItems(importId), outcome],
    queryFn: ({ pageParam, signal }) =>
      fetchImportItems(importId, { outcome, cursor: pageParam, limit: PAGE_SIZE, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });
  const items = useMemo(() => query.data?.pages.flatMap((page) => page.items), [query.data]);
  return { ...query, items, total: query.data?.pages[0]?.total ?? 0 };
}

/** The lines that are playlists, where lines of theirs are shown without them. */
export function usePlaylistLines(importId: string, wanted: boolean) {
  const { data } = useQuery({
    queryKey: queryKeys.playlistLines(importId),
    queryFn: ({ signal }) => fetchImportItems(importId, { outcome: "playlist", limit: PAGE_SIZE, signal }),
    enabled: wanted,
  });
  return data?.items;
}

/** A line's video: its row, and what the stream has said since. Renders only when this video moves. */
export function useItemProgress(video: ImportItemVideo | null): VideoProgress | null {
  const id = video?.id ?? "";
  const streamed = useSyncExternalStore(
    useCallback((listener) => importProgressStore.subscribeVideo(id, listener), [id]),
    () => importProgressStore.video(id),
  );
  return useMemo(() => {
    if (!video) return null;
    const row = itemProgress(video);
    return streamed ? fold(row, streamed) : row;
  }, [video, streamed]);
}
