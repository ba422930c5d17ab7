import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { toast } from "sonner";
import { queryKeys } from "@/api/queryKeys";
import { changeVideo } from "@/api/watch";
import { toApiError } from "@/lib/apiError";
import "@/lib/i18n/watch";
import type { LibraryRows } from "@/lib/rows";
import type { Video, VideoDetail } from "@/types/video";

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

/** A person's tags: shown at once, one change after the other; a refusal is said and undone. */
export function useVideoChange(videoId: string) {
  const queryClient = useQueryClient();
  const { t } = useTranslation();
  return useMutation({
    scope: { id: `video-${videoId}` },
    mutationFn: (change: { tags: string[] }) => changeVideo(videoId, change),
    onMutate: (change) => {
      const before = queryClient.getQueryData<VideoDetail>(queryKeys.video(videoId));
      patchVideo(queryClient, videoId, change);
      return { before };
    },
    onSuccess: async ({ tags }) => {
      // What was asked before that knows less.
      await queryClient.cancelQueries({ queryKey: queryKeys.video(videoId) });
      patchVideo(queryClient, videoId, { tags });
      void queryClient.invalidateQueries({ queryKey: queryKeys.tags });
    },
    onError: (cause, _change, context) => {
      const { tags = [] } = context?.before ?? {};
      patchVideo(queryClient, videoId, { tags });
      toast(t("watch.notKept", { reason: t(`errors.${toApiError(cause).code}`) }));
    },
  });
}
