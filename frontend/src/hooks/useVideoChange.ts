import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { toast } from "sonner";
import { queryKeys } from "@/api/queryKeys";
import { changeVideo } from "@/api/watch";
import { isGone, toApiError } from "@/lib/apiError";
import "@/lib/i18n/watch";
import type { LibraryRows } from "@/lib/rows";
import type { Video, VideoDetail } from "@/types/video";

/** Changes a video wherever it is shown: on its own page and in its list. */
export function patchVideo(
  queryClient: QueryClient,
  videoId: string,
  { note, ...change }: Partial<Pick<Video, "tags" | "position_seconds">> & { note?: string | null },
): void {
  const queryKey = queryKeys.video(videoId);
  // To change what is gone would bring it back.
  if (!isGone(queryClient.getQueryState(queryKey)?.error)) {
    queryClient.setQueryData<VideoDetail>(
      queryKey,
      (shown) => shown && { ...shown, ...change, ...(note !== undefined && { note }) },
    );
  }
  queryClient.setQueriesData<LibraryRows>({ queryKey: ["videos"] }, (shown) => {
    if (!shown?.items.some(({ id }) => id === videoId)) return shown;
    return { ...shown, items: shown.items.map((row) => (row.id === videoId ? { ...row, ...change } : row)) };
  });
}

const changeKey = (videoId: string) => ["change-video", videoId] as const;

/** Changes that the server has not answered yet, the newest last. */
function underWay(queryClient: QueryClient, videoId: string): { tags: string[] }[] {
  const mutations = queryClient
    .getMutationCache()
    .findAll({ mutationKey: changeKey(videoId), status: "pending" });
  return mutations.map(({ state }) => state.variables as { tags: string[] });
}

/** The tags as somebody wants them by now: who types quickly is ahead of the page. */
export function useWantedTags(videoId: string, shown: readonly string[]): () => readonly string[] {
  const queryClient = useQueryClient();
  return () =>
    underWay(queryClient, videoId).at(-1)?.tags ??
    queryClient.getQueryData<VideoDetail>(queryKeys.video(videoId))?.tags ??
    shown;
}

/** A person's tags: shown at once, one change after the other; a refusal is said and undone. */
export function useVideoChange(videoId: string) {
  const queryClient = useQueryClient();
  const { t } = useTranslation();
  return useMutation({
    mutationKey: changeKey(videoId),
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
      // This change is one of them until it is over.
      if (underWay(queryClient, videoId).length <= 1) patchVideo(queryClient, videoId, { tags });
      void queryClient.invalidateQueries({ queryKey: queryKeys.tags });
    },
    onError: (cause, _change, context) => {
      const { tags = [] } = context?.before ?? {};
      patchVideo(queryClient, videoId, { tags });
      toast(t("watch.notKept", { reason: t(`errors.${toApiError(cause).code}`) }));
    },
  });
}
