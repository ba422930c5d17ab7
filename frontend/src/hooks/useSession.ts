import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { fetchMe } from "@/api/lists";
import { queryKeys } from "@/api/queryKeys";
import { type SessionStatus, session } from "@/api/session";
import { toApiError } from "@/lib/apiError";
import { importProgressStore } from "@/stores/importProgressStore";
import type { RequestErrorCode } from "@/types/errors";

/** The code of the terminal's link, taken out of the address bar at once: it must not end up in a bookmark. */
function takeLinkCode(): string | null {
  const code = new URLSearchParams(location.hash.slice(1)).get("code");
  if (!code) return null;
  history.replaceState(history.state, "", location.pathname + location.search);
  return code;
}

// Per page load, not per mount: a code is good for one use.
let starting: Promise<void> | null = null;

function start(): Promise<void> {
  starting ??= (async () => {
    const code = takeLinkCode();
    if (code) await session.withLink(code);
    else await session.renew();
  })();
  return starting;
}

export interface SignIn {
  status: SessionStatus;
  error: RequestErrorCode | null;
  withPassword: (username: string, password: string) => Promise<void>;
  tryAgain: () => void;
}

export function useSession(): SignIn {
  const status = useSyncExternalStore(session.subscribe, session.status);
  const [error, setError] = useState<RequestErrorCode | null>(null);

  const begin = useCallback(() => {
    setError(null);
    start().catch(async (cause: unknown) => {
      const failure = toApiError(cause);
      starting = null;
      // A used link is no reason to sign out somebody who still has a good cookie.
      const renewed = failure.status >= 400 && (await session.renew().catch(() => false));
      if (!renewed) setError(failure.code);
    });
  }, []);

  useEffect(begin, [begin]);

  // A link opened in a tab that is already here changes the fragment only.
  useEffect(() => {
    const onHash = () => {
      if (!location.hash.includes("code=")) return;
      starting = null;
      begin();
    };
    window.addEventListener("hashchange", onHash);
    return () => window.removeEventListener("hashchange", onHash);
  }, [begin]);

  const withPassword = useCallback(async (username: string, password: string) => {
    setError(null);
    try {
      await session.withPassword(username, password);
    } catch (cause) {
      setError(toApiError(cause).code);
    }
  }, []);

  return { status, error, withPassword, tryAgain: begin };
}

export function useMe() {
  return useQuery({ queryKey: queryKeys.me, queryFn: fetchMe, staleTime: Number.POSITIVE_INFINITY });
}

export function useSignOut(): () => Promise<void> {
  const queryClient = useQueryClient();
  return useCallback(async () => {
    await session.signOut();
    queryClient.clear();
    importProgressStore.reset();
  }, [queryClient]);
}
