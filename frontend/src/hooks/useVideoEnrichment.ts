import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { queryKeys } from "@/api/queryKeys";
import { fetchEnrichment, fetchVideo } from "@/api/videos";
import { isTerminal } from "@/lib/progress";
import type { LibraryRows } from "@/lib/rows";
import { useConnectionStore } from "@/stores/connectionStore";
import { importProgressStore } from "@/stores/importProgressStore";
import type { Video, VideoDetail } from "@/types/video";

const POLL_MS = 3000;
/** How far captions from the sound are is not in the stream. */
const PARTS_MS = 3000;

/** One video. Opened from the grid it is there at once, from the list's rows. */
export function useVideo(videoId: string) {
  const queryClient = useQueryClient();
  const lost = useConnectionStore((state) => state.status === "lost");
  useChangedElsewhere(videoId);
  return useQuery<Video & Partial<VideoDetail>>({
    queryKey: queryKeys.video(videoId),
    queryFn: async ({ signal }) => {
      const requestedAt = performance.now();
      const video = await fetchVideo(videoId, signal);
      importProgressStore.absorb([video], requestedAt);
      return video;
    },
    placeholderData: () => {
      for (const [, rows] of queryClient.getQueriesData<LibraryRows>({ queryKey: ["videos"] })) {
        const row = rows?.items.find((item) => item.id === videoId);
        if (row) return row;
      }
      return undefined;
    },
    refetchInterval: (query) =>
      lost && query.state.data && !isTerminal(query.state.data.import_stage) ? POLL_MS : false,
  });
}

/** Notes and tags may have been changed in another tab, or by another program, while nobody looked here. */
function useChangedElsewhere(videoId: string): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    const queryKey = queryKeys.video(videoId);
    // A window comes back with two events: one question.
    const ask = (cancelRefetch = false) =>
      void queryClient.refetchQueries({ queryKey, type: "active" }, { cancelRefetch });
    const onFocus = () => ask();
    const onVisible = () => document.visibilityState === "visible" && ask();
    const forgetLists = importProgressStore.subscribeLists((listIds) => {
      const listId = queryClient.getQueryData<Video>(queryKey)?.list_id;
      // What was asked before the change does not know of it.
      if (listId !== undefined && listIds.includes(listId)) ask(true);
    });
    window.addEventListener("focus", onFocus);
    document.addEventListener("visibilitychange", onVisible);
    return () => {
      forgetLists();
      window.removeEventListener("focus", onFocus);
      document.removeEventListener("visibilitychange", onVisible);
    };
  }, [queryClient, videoId]);
}

/**
 * What was found for a video. Live: each stage the stream reports fetches it anew. Polling is only the
 * fallback for a lost socket.
 */
export function useVideoEnrichment(videoId: string) {
  const queryClient = useQueryClient();
  const lost = useConnectionStore((state) => state.status === "lost");

  useEffect(() => {
    let seen = importProgressStore.video(videoId);
    return importProgressStore.subscribeVideo(videoId, () => {
      const now = importProgressStore.video(videoId);
      const moved =
        now?.stage !== seen?.stage ||
        now?.captions_pending !== seen?.captions_pending ||
        now?.captions_code !== seen?.captions_code ||
        now?.captions_source !== seen?.captions_source;
      seen = now;
      if (!moved) return;
      void queryClient.invalidateQueries({ queryKey: queryKeys.enrichment(videoId) });
      void queryClient.invalidateQueries({ queryKey: queryKeys.video(videoId) });
    });
  }, [queryClient, videoId]);

  return useQuery({
    queryKey: queryKeys.enrichment(videoId),
    queryFn: ({ signal }) => fetchEnrichment(videoId, signal),
    refetchInterval: (query) => {
      const { stage, transcription } = query.state.data ?? {};
      if (transcription) return transcription.reason_code === null ? PARTS_MS : 10 * PARTS_MS;
      return lost && (!stage || !isTerminal(stage)) ? POLL_MS : false;
    },
  });
}
