import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useSyncExternalStore } from "react";
import { fetchImports, fetchLanes } from "@/api/imports";
import { queryKeys } from "@/api/queryKeys";
import { fold, isWaiting, lanePausedMost, progressOf } from "@/lib/progress";
import { useConnectionStore } from "@/stores/connectionStore";
import { importProgressStore } from "@/stores/importProgressStore";
import type { Lane, VideoProgress } from "@/types/progress";
import type { ImportJob, Video } from "@/types/video";

/** One tile's progress: its row, and what the stream has said since. Renders only when this video moves. */
export function useImportProgress(video: Video): VideoProgress {
  const { id } = video;
  const streamed = useSyncExternalStore(
    useCallback((listener) => importProgressStore.subscribeVideo(id, listener), [id]),
    () => importProgressStore.video(id),
  );
  return useMemo(() => {
    const row = progressOf(video);
    return streamed ? fold(row, streamed) : row;
  }, [video, streamed]);
}

export function useIsWaiting(progress: VideoProgress): boolean {
  return useSyncExternalStore(importProgressStore.subscribeLanes, () =>
    isWaiting(progress, importProgressStore.pausedLanes()),
  );
}

/** Imports, newest first: the list's answer with the stream's newer words on top. */
export function useImportJobs(): readonly ImportJob[] {
  const lost = useConnectionStore((state) => state.status === "lost");
  const { data } = useQuery({
    queryKey: queryKeys.imports,
    queryFn: fetchImports,
    staleTime: 30_000,
    refetchInterval: lost ? 5000 : false,
  });
  const streamed = useSyncExternalStore(importProgressStore.subscribeImports, () =>
    importProgressStore.imports(),
  );
  return useMemo(() => {
    const jobs = new Map((data ?? []).map((job) => [job.id, job]));
    for (const job of streamed) {
      const known = jobs.get(job.id);
      // What ended while the socket was away is only in the list.
      if (known && known.state !== "running" && job.state === "running") continue;
      jobs.set(job.id, job);
    }
    return [...jobs.values()].sort((a, b) => b.created_at.localeCompare(a.created_at));
  }, [data, streamed]);
}

/** The paused lane people should know of, if any. */
export function usePausedLane(): Lane | null {
  const lost = useConnectionStore((state) => state.status === "lost");
  const { data } = useQuery({
    queryKey: queryKeys.lanes,
    queryFn: fetchLanes,
    staleTime: 60_000,
    refetchInterval: lost ? 15_000 : false,
  });
  const streamed = useSyncExternalStore(importProgressStore.subscribeLanes, () =>
    importProgressStore.allLanes(),
  );
  return lanePausedMost(streamed.length > 0 ? streamed : (data ?? []));
}
