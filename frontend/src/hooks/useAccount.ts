import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { toast } from "sonner";
import { changePassword, endBrowser, endOtherBrowsers, fetchBrowsers } from "@/api/account";
import { queryKeys } from "@/api/queryKeys";
import { type ApiError, toApiError } from "@/lib/apiError";
import "@/lib/i18n/people";
import type { SignedInBrowser, User } from "@/types/video";
import { useFailed } from "./useFailed";

export function useBrowsers() {
  return useQuery({ queryKey: queryKeys.browsers, queryFn: fetchBrowsers, staleTime: 0 });
}

interface Passwords {
  current: string | null;
  password: string;
}

export function useChangePassword(onDone: () => void, onRefused: (error: ApiError) => void) {
  const queryClient = useQueryClient();
  const { t } = useTranslation();
  return useMutation({
    mutationFn: ({ current, password }: Passwords) => changePassword(current, password),
    // What was typed is nobody's business any more.
    gcTime: 0,
    onSuccess: () => {
      queryClient.setQueryData<User>(queryKeys.me, (me) => me && { ...me, has_password: true });
      void queryClient.invalidateQueries({ queryKey: queryKeys.browsers });
      toast(t("account.saved"));
      onDone();
    },
    onError: (cause) => onRefused(toApiError(cause)),
  });
}

export function useEndBrowser() {
  const queryClient = useQueryClient();
  const { t } = useTranslation();
  return useMutation({
    mutationFn: ({ id }: SignedInBrowser) =>
      endBrowser(id).catch((cause: unknown) => {
        // It was signed out by somebody else: that is what was asked for.
        if (toApiError(cause).status !== 404) throw cause;
      }),
    onSuccess: (_answer, { id }) => {
      queryClient.setQueryData<SignedInBrowser[]>(queryKeys.browsers, (browsers) =>
        browsers?.filter((browser) => browser.id !== id),
      );
      toast(t("account.ended"));
    },
    onError: useFailed(),
  });
}

export function useEndOtherBrowsers() {
  const queryClient = useQueryClient();
  const { t } = useTranslation();
  return useMutation({
    mutationFn: endOtherBrowsers,
    onSuccess: () => {
      queryClient.setQueryData<SignedInBrowser[]>(queryKeys.browsers, (browsers) =>
        browsers?.filter((browser) => browser.is_current),
      );
      toast(t("account.endedOthers"));
    },
    onError: useFailed(),
  });
}
