import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { toast } from "sonner";
import { checkFollow, type FollowInput, followSource, unfollow } from "@/api/lists";
import { queryKeys } from "@/api/queryKeys";
import { toApiError } from "@/lib/apiError";
import "@/lib/i18n/tools";
import type { Follow, VideoList } from "@/types/video";

function put(queryClient: QueryClient, listId: string, follow: Follow | null): void {
  queryClient.setQueryData<VideoList[]>(queryKeys.lists, (lists) =>
    lists?.map((list) => (list.id === listId ? { ...list, follow } : list)),
  );
}

/** Lets a list follow something, or changes what and how often. The caller says what went wrong. */
export function useFollowSource(listId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (input: FollowInput) => followSource(listId, input),
    meta: { tellOtherTabs: true },
    onSuccess: (follow) => {
      put(queryClient, listId, follow);
      void queryClient.invalidateQueries({ queryKey: queryKeys.imports });
    },
  });
}

/** What the line in a list offers: looking now, and not following any more. */
export function useFollowActions(list: VideoList) {
  const queryClient = useQueryClient();
  const { t } = useTranslation();
  const failed = (cause: unknown) => {
    toast(t("follow.failed", { reason: t(`errors.${toApiError(cause).code}`) }));
    void queryClient.invalidateQueries({ queryKey: queryKeys.lists });
  };
  const { mutateAsync: again } = useFollowSource(list.id);
  const check = useMutation({
    mutationFn: () => checkFollow(list.id),
    onMutate: () => list.follow && put(queryClient, list.id, { ...list.follow, is_checking: true }),
    onSuccess: (follow) => put(queryClient, list.id, follow),
    onError: failed,
  });
  const stop = useMutation({
    mutationFn: () => unfollow(list.id),
    meta: { tellOtherTabs: true },
    onMutate: () => put(queryClient, list.id, null),
    onSuccess: () => {
      const { follow } = list;
      const back = follow && {
        label: t("common.undo"),
        onClick: () => {
          // What was there stays out, as it was: only what comes from now on.
          const { url, interval_hours } = follow;
          void again({ url, interval_hours, include_existing: false }).catch(failed);
        },
      };
      toast(t("follow.stopped", { name: list.name }), back ? { action: back } : {});
    },
    onError: failed,
  });
  return { check: check.mutate, stop: stop.mutate };
}
