import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { toast } from "sonner";
import { say } from "@/lib/addedMessage";
import { toApiError } from "@/lib/apiError";
import type { VideoRow } from "@/lib/rows";
import { selectionStore } from "@/stores/selectionStore";
import type { VideoList } from "@/types/video";
import { useMoveVideos, useRemoveVideos, useRetryVideos } from "./useBulkVideos";
import { additionOf, useAddVideos } from "./useVideos";

/**
 * Removing, moving and trying again, with what is said about it. At once in the grid; when the server refuses,
 * everything is where it was, and selected as it was.
 */
export function useVideoActions(listId: string) {
  const { t, i18n } = useTranslation();
  const { mutate: removeVideos } = useRemoveVideos(listId);
  const { mutate: moveVideos } = useMoveVideos(listId);
  const { mutate: retryVideos } = useRetryVideos(listId);
  const { mutate: addVideos } = useAddVideos(listId);
  const { language } = i18n;

  const removeOne = useCallback(
    (video: Pick<VideoRow, "id" | "title" | "youtube_id">) => {
      const title = video.title ?? video.youtube_id;
      removeVideos([video.id], {
        onSuccess: () =>
          toast(t("tile.removed", { title }), {
            // Added anew: what was found for it is looked up again.
            action: {
              label: t("common.undo"),
              onClick: () => addVideos(additionOf(listId, video.youtube_id)),
            },
          }),
        onError: (cause) =>
          toast(t("tile.removeFailed", { title, reason: t(`errors.${toApiError(cause).code}`) })),
      });
    },
    [removeVideos, addVideos, listId, t],
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
