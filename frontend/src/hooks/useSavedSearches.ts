import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { toast } from "sonner";
import { queryKeys } from "@/api/queryKeys";
import { fetchSavedSearches, forgetSavedSearch, renameSavedSearch, saveSearch } from "@/api/search";
import { toApiError } from "@/lib/apiError";
import "@/lib/i18n/search";
import type { SavedSearch, SearchRequest } from "@/types/search";

export function useSavedSearches(): readonly SavedSearch[] {
  const { data } = useQuery({
    queryKey: queryKeys.savedSearches,
    queryFn: fetchSavedSearches,
    staleTime: 30_000,
  });
  return data ?? NONE;
}

const NONE: readonly SavedSearch[] = [];

type Change = { kind: "save"; name: string; request: SearchRequest } | SavedChange;
type SavedChange =
  | { kind: "rename"; saved: SavedSearch; name: string }
  | { kind: "forget"; saved: SavedSearch };

function send(change: Change): Promise<unknown> {
  if (change.kind === "save") return saveSearch(change.name, change.request);
  if (change.kind === "rename") return renameSavedSearch(change.saved.id, change.name);
  return forgetSavedSearch(change.saved.id).catch((cause: unknown) => {
    // Another tab was quicker: it is gone, which is what was asked for.
    if (toApiError(cause).status !== 404) throw cause;
  });
}

/** Shown before the server agrees, and taken back if it does not. */
function changed(searches: readonly SavedSearch[], change: Change): SavedSearch[] {
  if (change.kind === "save") {
    return [...searches, { id: `new ${change.name}`, name: change.name, ...change.request }];
  }
  if (change.kind === "forget") return searches.filter(({ id }) => id !== change.saved.id);
  return searches.map((saved) => (saved.id === change.saved.id ? { ...saved, name: change.name } : saved));
}

export function useChangeSavedSearch(): (change: Change) => void {
  const queryClient = useQueryClient();
  const { t } = useTranslation();
  const { mutate } = useMutation({
    mutationFn: send,
    meta: { tellOtherTabs: true },
    onMutate: async (change) => {
      await queryClient.cancelQueries({ queryKey: queryKeys.savedSearches });
      const before = queryClient.getQueryData<SavedSearch[]>(queryKeys.savedSearches);
      queryClient.setQueryData<SavedSearch[]>(queryKeys.savedSearches, (now) => changed(now ?? [], change));
      return { before };
    },
    onSuccess: (_answer, change) => {
      if (change.kind !== "forget") return;
      const { name } = change.saved;
      toast(t("search.forgotten", { name }), {
        action: {
          label: t("common.undo"),
          onClick: () => mutate({ kind: "save", name, request: change.saved }),
        },
      });
    },
    onError: (cause, _change, context) => {
      queryClient.setQueryData(queryKeys.savedSearches, context?.before);
      toast(t("search.notSaved", { reason: t(`errors.${toApiError(cause).code}`) }));
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: queryKeys.savedSearches }),
  });
  return mutate;
}
