import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { createList, deleteList, fetchLists, mergeLists, renameList } from "@/api/lists";
import { queryKeys } from "@/api/queryKeys";
import type { VideoList } from "@/types/video";

export function useLists() {
  return useQuery({ queryKey: queryKeys.lists, queryFn: fetchLists, staleTime: 30_000 });
}

export function useCreateList() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: createList,
    meta: { tellOtherTabs: true },
    onSuccess: (list) => {
      queryClient.setQueryData<VideoList[]>(queryKeys.lists, (lists) => [...(lists ?? []), list]);
    },
  });
}

export function useRenameList() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ listId, name }: { listId: string; name: string }) => renameList(listId, name),
    meta: { tellOtherTabs: true },
    onMutate: async ({ listId, name }) => {
      await queryClient.cancelQueries({ queryKey: queryKeys.lists });
      const before = queryClient.getQueryData<VideoList[]>(queryKeys.lists);
      queryClient.setQueryData<VideoList[]>(queryKeys.lists, (lists) =>
        lists?.map((list) => (list.id === listId ? { ...list, name } : list)),
      );
      return { before };
    },
    onError: (_error, _input, context) => queryClient.setQueryData(queryKeys.lists, context?.before),
    onSettled: () => queryClient.invalidateQueries({ queryKey: queryKeys.lists }),
  });
}

export function useDeleteList() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: deleteList,
    meta: { tellOtherTabs: true },
    onSuccess: (_answer, listId) => {
      queryClient.setQueryData<VideoList[]>(queryKeys.lists, (lists) =>
        lists?.filter((list) => list.id !== listId),
      );
      queryClient.removeQueries({ queryKey: queryKeys.videos(listId) });
    },
  });
}

export function useMergeLists() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ listId, intoListId }: { listId: string; intoListId: string }) =>
      mergeLists(listId, intoListId),
    meta: { tellOtherTabs: true },
    onSuccess: ({ moved }, { listId, intoListId }) => {
      queryClient.setQueryData<VideoList[]>(queryKeys.lists, (lists) =>
        lists
          ?.filter((list) => list.id !== listId)
          .map((list) =>
            list.id === intoListId ? { ...list, video_count: list.video_count + moved } : list,
          ),
      );
      queryClient.removeQueries({ queryKey: queryKeys.videos(listId) });
      void queryClient.invalidateQueries({ queryKey: queryKeys.lists });
      return queryClient.invalidateQueries({ queryKey: queryKeys.videos(intoListId) });
    },
  });
}
