import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { toast } from "sonner";
import { beginLinking, fetchLinked, fetchWays, link, unlink } from "@/api/doors";
import { queryKeys } from "@/api/queryKeys";
import { toApiError } from "@/lib/apiError";
import "@/lib/i18n/people";
import { takeReturnedToLink } from "@/lib/returned";
import type { LinkedIdentity } from "@/types/video";
import { useFailed } from "./useFailed";

/** Who one is at the provider. */
export function useLinked() {
  return useQuery({ queryKey: queryKeys.linked, queryFn: fetchLinked, staleTime: 0 });
}

/** What the provider is called that an account can be connected with; null if there is none. */
export function useProvider(): string | null {
  const { data } = useQuery({ queryKey: queryKeys.ways, queryFn: fetchWays });
  return data?.provider ?? null;
}

/** Goes to the provider; the page is left. */
export function useBeginLinking() {
  return useMutation({
    mutationFn: async () => location.assign(await beginLinking()),
    onError: useFailed(),
  });
}

export function useUnlink() {
  const queryClient = useQueryClient();
  const { t } = useTranslation();
  return useMutation({
    mutationFn: ({ id }: LinkedIdentity) =>
      unlink(id).catch((cause: unknown) => {
        // It is gone already: that is what was asked for.
        if (toApiError(cause).status !== 404) throw cause;
      }),
    onSuccess: (_answer, { id }) => {
      queryClient.setQueryData<LinkedIdentity[]>(queryKeys.linked, (linked) =>
        linked?.filter((identity) => identity.id !== id),
      );
      void queryClient.invalidateQueries({ queryKey: queryKeys.browsers });
      toast(t("account.unlinked"));
    },
    onError: useFailed(),
  });
}

/** Ends what was begun there: the account is connected, and one is where one left. */
export function useFinishLinking(): void {
  const navigate = useNavigate();
  const { t } = useTranslation();
  const failed = useFailed();
  const { mutate } = useMutation({
    mutationFn: link,
    onSuccess: () => toast(t("account.linkedNow")),
    onError: failed,
    onSettled: () => void navigate("/settings#account", { replace: true }),
  });
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    const returned = takeReturnedToLink();
    if (returned) mutate(returned);
    // A sign-in that has come to its end, or an address that was typed.
    else void navigate("/", { replace: true });
  }, [mutate, navigate]);
}
