import { type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { toast } from "sonner";
import { queryKeys } from "@/api/queryKeys";
import { changeVideo, fetchTagNames } from "@/api/watch";
import { toApiError } from "@/lib/apiError";
import "@/lib/i18n/watch";
import type { LibraryRows } from "@/lib/rows";
import type { Video, VideoChange, VideoDetail } from "@/types/video";

/** Changes a video wherever it is shown: on its own page and in its list. */
export function patchVideo(
  queryClient: QueryClient,
  videoId: string,
  { note, ...change }: Partial<Pick<Video, "tags" | "position_seconds">> & { note?: string | null },
): void {
  queryClient.setQueryData<VideoDetail>(
    queryKeys.video(videoId),
    (shown) => shown && { ...shown, ...change, ...(note !== undefined && { note }) },
  );
  queryClient.setQueriesData<LibraryRows>({ queryKey: ["videos"] }, (shown) => {
    if (!shown?.items.some(({ id }) => id === videoId)) return shown;
    return { ...shown, items: shown.items.map((row) => (row.id === videoId ? { ...row, ...change } : row)) };
  });
}

/** A person's note and tags: shown at once, one change after the other; a refusal is said and undone. */
export function useVideoChange(videoId: string) {
  const queryClient = useQueryClient();
  const { t } = useTranslation();
  return useMutation({
    scope: { id: `video-${videoId}` },
    mutationFn: (change: VideoChange) => changeVideo(videoId, change),
    onMutate: (change) => {
      const before = queryClient.getQueryData<VideoDetail>(queryKeys.video(videoId));
      patchVideo(queryClient, videoId, change);
      return { before };
    },
    onSuccess: ({ tags, note }, change) => {
      patchVideo(queryClient, videoId, { ...(change.tags && { tags }), ...(change.note && { note }) });
      if (change.tags) void queryClient.invalidateQueries({ queryKey: queryKeys.tags });
    },
    onError: (cause, change, context) => {
      const { tags = [] } = context?.before ?? {};
      // A note that could not be kept stays where it was written: nobody writes it twice.
      if (change.tags) patchVideo(queryClient, videoId, { tags });
      toast(t("watch.notKept", { reason: t(`errors.${toApiError(cause).code}`) }));
    },
  });
}

const FRESH_MS = 60_000;

/** The tags that are used already, to choose from. */
export function useTagNames(enabled: boolean) {
  return useQuery({
    queryKey: queryKeys.tags,
    queryFn: ({ signal }) => fetchTagNames(signal),
    staleTime: FRESH_MS,
    enabled,
  });
}
