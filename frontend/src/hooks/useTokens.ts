import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { toast } from "sonner";
import { queryKeys } from "@/api/queryKeys";
import { createToken, fetchTokens, revokeToken } from "@/api/tokens";
import { toApiError } from "@/lib/apiError";
import "@/lib/i18n/tools";
import type { ApiToken, NewApiToken, TokenScope } from "@/types/video";

export function useTokens() {
  return useQuery({ queryKey: queryKeys.tokens, queryFn: fetchTokens, staleTime: 0 });
}

/** The secret stays with whoever asked for it: it never enters a cache that the whole page can read. */
export function useCreateToken(onMade: (token: NewApiToken) => void) {
  const queryClient = useQueryClient();
  const { t } = useTranslation();
  return useMutation({
    mutationFn: ({ name, scope }: { name: string; scope: TokenScope }) => createToken(name, scope),
    gcTime: 0,
    onSuccess: (made) => {
      const { token: _secret, ...known } = made;
      queryClient.setQueryData<ApiToken[]>(queryKeys.tokens, (tokens) => [known, ...(tokens ?? [])]);
      onMade(made);
    },
    onError: (cause) => toast(t("tools.failed", { reason: t(`errors.${toApiError(cause).code}`) })),
  });
}

export function useRevokeToken() {
  const queryClient = useQueryClient();
  const { t } = useTranslation();
  return useMutation({
    mutationFn: ({ id }: ApiToken) =>
      revokeToken(id).catch((cause: unknown) => {
        // Another tab was quicker: it is worthless, which is what was asked for.
        if (toApiError(cause).status !== 404) throw cause;
      }),
    meta: { tellOtherTabs: true },
    onSuccess: (_answer, { id, name }) => {
      queryClient.setQueryData<ApiToken[]>(queryKeys.tokens, (tokens) =>
        tokens?.filter((token) => token.id !== id),
      );
      toast(t("tools.revoked", { name }));
    },
    onError: (cause) => toast(t("tools.failed", { reason: t(`errors.${toApiError(cause).code}`) })),
  });
}
