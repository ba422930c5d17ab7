import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { fetchImports, fetchLanes } from "@/api/imports";
import { queryKeys } from "@/api/queryKeys";
import { type ImportEvent, importEvents, type SeenImports } from "@/lib/importEvents";
import { withStreamed } from "@/lib/importSummary";
import {
  isNeeded,
  type LaneNotice,
  laneNotice,
  NO_NOTICE,
  type SettledNotice,
  settleNotice,
} from "@/lib/laneNotice";
import { fold, isWaiting, progressOf } from "@/lib/progress";
import { useConnectionStore } from "@/stores/connectionStore";
import { importProgressStore } from "@/stores/importProgressStore";
import type { Lane, VideoProgress } from "@/types/progress";
import type { ImportJob, Video } from "@/types/video";
import { useNow } from "./useNow";
import { useWantedImports } from "./useWantedImports";

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

/** Imports as the server knows them: the list's answer with the stream's newer words on top. */
function useKnownImports(): { jobs: readonly ImportJob[]; loaded: boolean } {
  const lost = useConnectionStore((state) => state.status === "lost");
  const { data } = useQuery({
    queryKey: queryKeys.imports,
    queryFn: async () => {
      const requestedAt = performance.now();
      const jobs = await fetchImports();
      importProgressStore.absorbImports(jobs, requestedAt);
      return jobs;
    },
    staleTime: 30_000,
    refetchInterval: lost ? 5000 : false,
  });
  const streamed = useSyncExternalStore(importProgressStore.subscribeImports, () =>
    importProgressStore.imports(),
  );
  const jobs = useMemo(() => withStreamed(data ?? [], streamed), [data, streamed]);
  return { jobs, loaded: data !== undefined };
}

/** Imports, newest first, as they should look: what was asked of them is shown at once. */
export function useImportJobs(): readonly ImportJob[] {
  return useWantedImports(useKnownImports().jobs);
}

/** Starts, pauses and ends, each once, as the server has said them; nothing of what was so before. */
export function useImportEvents(onEvents: (events: readonly ImportEvent[]) => void): void {
  const { jobs, loaded } = useKnownImports();
  const seen = useRef<SeenImports | null>(null);
  useEffect(() => {
    const next = importEvents(seen.current, jobs, loaded);
    seen.current = next.seen;
    if (next.events.length > 0) onEvents(next.events);
  }, [jobs, loaded, onEvents]);
}

/** All lanes: the list's answer until the stream has spoken. */
export function useLanes(): readonly Lane[] {
  const lost = useConnectionStore((state) => state.status === "lost");
  const { data } = useQuery({
    queryKey: queryKeys.lanes,
    queryFn: async () => {
      const requestedAt = performance.now();
      const lanes = await fetchLanes();
      importProgressStore.absorbLanes(lanes, requestedAt);
      return lanes;
    },
    staleTime: 60_000,
    refetchInterval: lost ? 15_000 : false,
  });
  const streamed = useSyncExternalStore(importProgressStore.subscribeLanes, () =>
    importProgressStore.allLanes(),
  );
  return streamed.length > 0 ? streamed : (data ?? NO_LANES);
}

const NO_LANES: readonly Lane[] = [];

/** What people should know of paused lanes, if anything; it does not change from one second to the next. */
export function useLaneNotice(): LaneNotice | null {
  const lanes = useLanes();
  const [settled, setSettled] = useState(NO_NOTICE);
  // A pause ends and a state settles without a message: looked at each second while there is something.
  const moving = settled.shown !== null || settled.wantedKey !== "" || lanes.some(isTroubled);
  const now = useNow(moving ? 1000 : null);
  const next = settleNotice(settled, laneNotice(lanes, now), now);
  if (!sameNotice(settled, next)) setSettled(next);
  return next.shown;
}

const isTroubled = (lane: Lane) => lane.state === "paused" || lane.state === "probing";

function sameNotice(a: SettledNotice, b: SettledNotice): boolean {
  return a.wantedKey === b.wantedKey && JSON.stringify(a.shown) === JSON.stringify(b.shown);
}

/** Whether an import's time is up to YouTube alone: something waits for a lane that nobody knows the end of. */
export function useIsUpToYoutube(): boolean {
  return useSyncExternalStore(importProgressStore.subscribeLanes, () =>
    importProgressStore
      .allLanes()
      .some((lane) => lane.state === "paused" && isNeeded(lane) && lane.resumes_at === null),
  );
}
