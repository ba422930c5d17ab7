import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { fetchShares, leaveList, setShare } from "@/api/lists";
import { queryKeys } from "@/api/queryKeys";
import type { Share, VideoList } from "@/types/video";
import { useFailed } from "./useFailed";

export function useShares(listId: string) {
  return useQuery({
    queryKey: queryKeys.shares(listId),
    queryFn: () => fetchShares(listId),
    staleTime: 0,
  });
}

/** What somebody may do with a list, shown at once; null takes it away from them. */
export function useSetShare(listId: string) {
  const queryClient = useQueryClient();
  const key = queryKeys.shares(listId);
  return useMutation({
    mutationFn: (share: Share) => setShare(listId, share.user_id, share.can_edit),
    meta: { tellOtherTabs: true },
    onMutate: async (share) => {
      await queryClient.cancelQueries({ queryKey: key });
      queryClient.setQueryData<Share[]>(key, (shares) =>
        shares?.map((other) => (other.user_id === share.user_id ? share : other)),
      );
    },
    onError: useFailed(),
    onSettled: () => {
      void queryClient.invalidateQueries({ queryKey: queryKeys.lists });
      return queryClient.invalidateQueries({ queryKey: key });
    },
  });
}

export function useLeaveList() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: leaveList,
    meta: { tellOtherTabs: true },
    onSuccess: (_answer, listId) => {
      queryClient.setQueryData<VideoList[]>(queryKeys.lists, (lists) =>
        lists?.filter((list) => list.id !== listId),
      );
      queryClient.removeQueries({ queryKey: queryKeys.videos(listId) });
    },
  });
}
