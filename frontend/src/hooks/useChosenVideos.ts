import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { toast } from "sonner";
import { copyVideos, tagVideos } from "@/api/chosen";
import { queryKeys } from "@/api/queryKeys";
import { say } from "@/lib/addedMessage";
import { toApiError } from "@/lib/apiError";
import { partsOf } from "@/lib/parts";
import type { LibraryRows } from "@/lib/rows";
import { retagged, type TagChange } from "@/lib/tags";
import type { VideoList } from "@/types/video";
import { noteOwnChange } from "./useBulkVideos";

interface Tagging extends TagChange {
  videoIds: readonly string[];
}

/** Tags of many videos: in the grid at once, and back again when the server refuses. */
export function useTagVideos(listId: string) {
  const { t, i18n } = useTranslation();
  const queryClient = useQueryClient();
  const key = queryKeys.videos(listId);
  return useMutation({
    meta: { tellOtherTabs: true },
    mutationFn: async ({ videoIds, add, remove }: Tagging) => {
      for (const part of partsOf(videoIds)) await tagVideos(part, [...add], [...remove]);
    },
    onMutate: ({ videoIds, ...change }) => {
      const ids = new Set(videoIds);
      const before = new Map<string, string[]>();
      queryClient.setQueryData<LibraryRows>(
        key,
        (rows) =>
          rows && {
            ...rows,
            items: rows.items.map((row) => {
              if (!ids.has(row.id)) return row;
              before.set(row.id, row.tags);
              return { ...row, tags: retagged(row.tags, change) };
            }),
          },
      );
      return before;
    },
    onSuccess: (_answer, { videoIds }) =>
      toast(t("selection.tagged", say(videoIds.length, i18n.language)), { id: "tagged" }),
    onError: (cause, _tagging, before) => {
      queryClient.setQueryData<LibraryRows>(
        key,
        (rows) =>
          rows && {
            ...rows,
            items: rows.items.map((row) => ({ ...row, tags: before?.get(row.id) ?? row.tags })),
          },
      );
      toast(t("selection.tagFailed", { reason: t(`errors.${toApiError(cause).code}`) }));
    },
    onSettled: (_answer, _error, { videoIds }) => {
      noteOwnChange(listId);
      for (const id of videoIds.slice(0, 20)) {
        void queryClient.invalidateQueries({ queryKey: queryKeys.video(id) });
      }
      return queryClient.invalidateQueries({ queryKey: queryKeys.tags });
    },
  });
}

export function useCopyVideos() {
  const { t, i18n } = useTranslation();
  const queryClient = useQueryClient();
  return useMutation({
    meta: { tellOtherTabs: true },
    mutationFn: async ({ videoIds, list }: { videoIds: readonly string[]; list: VideoList }) => {
      let copied = 0;
      for (const part of partsOf(videoIds)) copied += (await copyVideos(part, list.id)).copied;
      return copied;
    },
    onSuccess: (copied, { list }) => {
      toast(t("selection.copied", { ...say(copied, i18n.language), name: list.name }));
      void queryClient.invalidateQueries({ queryKey: queryKeys.lists });
      return queryClient.invalidateQueries({ queryKey: queryKeys.videos(list.id) });
    },
    onError: (cause) => toast(t("selection.copyFailed", { reason: t(`errors.${toApiError(cause).code}`) })),
  });
}
