import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { toast } from "sonner";
import { say } from "@/lib/addedMessage";
import { toApiError } from "@/lib/apiError";
import type { VideoRow } from "@/lib/rows";
import { selectionStore } from "@/stores/selectionStore";
import type { VideoDetail, VideoList } from "@/types/video";
import { useMoveVideos, useRemoveVideos, useRetryVideos } from "./useBulkVideos";
import { additionAnew, useAddVideos } from "./useVideos";

type Removable = Pick<VideoRow, "id" | "title" | "youtube_id">;

/**
 * Removing, moving and trying again, with what is said about it. At once in the grid; when the server refuses,
 * everything is where it was, and selected as it was.
 */
export function useVideoActions(listId: string) {
  const { t, i18n } = useTranslation();
  const { mutate: removeVideos, mutateAsync: removeVideosAsync } = useRemoveVideos(listId);
  const { mutate: moveVideos } = useMoveVideos(listId);
  const { mutate: retryVideos } = useRetryVideos(listId);
  const { mutateAsync: addVideos } = useAddVideos(listId);
  const { language } = i18n;

  const addAgain = useCallback(
    async ({ youtube_id }: Removable, title: string, last: VideoDetail | null) => {
      const onWordsLost = (cause: unknown) =>
        void toast(t("tile.wordsLost", { title, reason: t(`errors.${toApiError(cause).code}`) }));
      await addVideos(additionAnew(listId, youtube_id, last, onWordsLost)).catch((cause: unknown) =>
        toast(t("added.failed", { reason: t(`errors.${toApiError(cause).code}`) })),
      );
    },
    [addVideos, listId, t],
  );

  const removeOne = useCallback(
    (video: Removable) => {
      const title = video.title ?? video.youtube_id;
      // Each is answered for itself: who removes two in a row is offered both again.
      removeVideosAsync([video.id]).then(
        (last) =>
          toast(t("tile.removed", { title }), {
            ...(!last && { description: t("tile.withoutWords") }),
            action: { label: t("common.undo"), onClick: () => void addAgain(video, title, last) },
          }),
        (cause: unknown) =>
          toast(t("tile.removeFailed", { title, reason: t(`errors.${toApiError(cause).code}`) })),
      );
    },
    [removeVideosAsync, addAgain, t],
  );

  const retryOne = useCallback(
    (video: VideoRow) => {
      retryVideos([video.id], {
        onSuccess: () => toast(t("tile.retrying")),
        onError: (cause) => toast(t("tile.retryFailed", { reason: t(`errors.${toApiError(cause).code}`) })),
      });
    },
    [retryVideos, t],
  );

  const removeMany = useCallback(
    (videoIds: readonly string[]) => {
      const back = endSelection();
      removeVideos(videoIds, {
        onSuccess: () => toast(t("selection.removed", say(videoIds.length, language))),
        onError: (cause) => {
          back();
          toast(t("selection.removeFailed", { reason: t(`errors.${toApiError(cause).code}`) }));
        },
      });
    },
    [removeVideos, t, language],
  );

  const moveMany = useCallback(
    (videoIds: readonly string[], { id, name }: VideoList) => {
      const back = endSelection();
      moveVideos(
        { videoIds, toListId: id },
        {
          onSuccess: () => toast(t("selection.moved", { ...say(videoIds.length, language), name })),
          onError: (cause) => {
            back();
            toast(t("selection.moveFailed", { reason: t(`errors.${toApiError(cause).code}`) }));
          },
        },
      );
    },
    [moveVideos, t, language],
  );

  const retryMany = useCallback(
    (videoIds: readonly string[]) => {
      const back = endSelection();
      retryVideos(videoIds, {
        onSuccess: () => toast(t("selection.retried", say(videoIds.length, language))),
        onError: (cause) => {
          back();
          toast(t("tile.retryFailed", { reason: t(`errors.${toApiError(cause).code}`) }));
        },
      });
    },
    [retryVideos, t, language],
  );

  return { removeOne, retryOne, removeMany, moveMany, retryMany };
}

/** Ends the selection and gives a way back to it, unless another one has begun meanwhile. */
function endSelection(): () => void {
  const before = [...selectionStore.ids()];
  selectionStore.clear();
  return () => {
    if (before.length > 0 && !selectionStore.isOn()) selectionStore.choose(before);
  };
}
