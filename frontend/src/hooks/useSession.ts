import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { fetchMe } from "@/api/lists";
import { queryKeys } from "@/api/queryKeys";
import { type SessionStatus, session } from "@/api/session";
import { toApiError } from "@/lib/apiError";
import { forgetReturned, returnedToSignIn, takeReturned } from "@/lib/returned";
import { importProgressStore } from "@/stores/importProgressStore";
import { useRecentSearchesStore } from "@/stores/recentSearchesStore";
import { type RequestErrorCode, STORAGE_ERRORS } from "@/types/errors";

// Per page load, not per mount: a code is good for one use. It outlives a server that is just starting.
let code: string | null = null;
let starting: Promise<void> | null = null;

let invitation: string | null = null;

/** The code of a link, taken out of the address bar at once: it must not end up in a bookmark. */
function takeLinkCode(): void {
  const found = new URLSearchParams(location.hash.slice(1));
  if (!found.has("code") && !found.has("invite")) return;
  code = found.get("code") || code;
  invitation = found.get("invite") || invitation;
  history.replaceState(history.state, "", location.pathname + location.search);
}

/** A server that is starting, or whose database is in trouble, will be there again. */
const PASSING: ReadonlySet<string> = new Set(["offline", "not_ready", ...STORAGE_ERRORS]);

/** How often a page that came up without its server looks for it. */
const AWAY_MS = 3000;

async function signIn(): Promise<void> {
  takeLinkCode();
  takeReturned();
  const returned = returnedToSignIn();
  if (!code && !returned) {
    await session.renew();
    return;
  }
  try {
    if (returned) await session.withReturned(returned);
    else await session.withLink(code ?? "");
    forgetCodes();
  } catch (cause) {
    const error = toApiError(cause);
    const refused = error.status >= 400 && !PASSING.has(error.code);
    if (refused) forgetCodes();
    // A used link is no reason to sign out somebody who still has a good cookie.
    if (!refused || !(await session.renew().catch(() => false))) throw cause;
  }
}

function forgetCodes(): void {
  code = null;
  forgetReturned();
}

export interface SignIn {
  status: SessionStatus;
  error: RequestErrorCode | null;
  /** After how long another attempt is heard, if that is known. */
  waitSeconds: number | null;
  withPassword: (username: string, password: string) => Promise<void>;
  /** The code of an invitation that was opened, until it is used or put aside. */
  invitation: string | null;
  withInvitation: (username: string, password: string) => Promise<void>;
  putInvitationAside: () => void;
  tryAgain: () => void;
}

export function useSession(): SignIn {
  const status = useSyncExternalStore(session.subscribe, session.status);
  const queryClient = useQueryClient();
  const [error, setError] = useState<RequestErrorCode | null>(null);
  const [waitSeconds, setWaitSeconds] = useState<number | null>(null);
  const [invited, setInvited] = useState<string | null>(null);

  const start = useCallback(() => {
    starting ??= signIn();
    setInvited(invitation);
    starting.then(
      () => setError(null),
      (cause: unknown) => {
        starting = null;
        setError(toApiError(cause).code);
      },
    );
  }, []);
  const begin = useCallback(() => {
    setError(null);
    start();
  }, [start]);

  useEffect(begin, [begin]);

  // A server that is just starting again is found by itself, without the page blinking meanwhile.
  const away = error !== null && PASSING.has(error);
  useEffect(() => {
    if (!away) return;
    const timer = setInterval(start, AWAY_MS);
    window.addEventListener("online", start);
    return () => {
      clearInterval(timer);
      window.removeEventListener("online", start);
    };
  }, [away, start]);

  // A link opened in a tab that is already here changes the fragment only.
  useEffect(() => {
    const onHash = () => {
      if (!/[#&](code|invite)=/.test(location.hash)) return;
      starting = null;
      begin();
    };
    window.addEventListener("hashchange", onHash);
    return () => window.removeEventListener("hashchange", onHash);
  }, [begin]);

  // Whoever signs in next on this page must not see a frame of what the last person had.
  useEffect(() => {
    if (status !== "signedOut") return;
    queryClient.clear();
    importProgressStore.reset();
    useRecentSearchesStore.getState().clear();
  }, [status, queryClient]);

  const withPassword = useCallback(async (username: string, password: string) => {
    setError(null);
    try {
      await session.withPassword(username, password);
    } catch (cause) {
      const { code, waitSeconds } = toApiError(cause);
      setWaitSeconds(waitSeconds);
      setError(code);
    }
  }, []);

  const putInvitationAside = useCallback(() => {
    invitation = null;
    setInvited(null);
    setError(null);
  }, []);

  const withInvitation = useCallback(
    async (username: string, password: string) => {
      setError(null);
      try {
        await session.withInvitation(invitation ?? "", username, password);
        putInvitationAside();
      } catch (cause) {
        setError(toApiError(cause).code);
      }
    },
    [putInvitationAside],
  );

  return {
    status,
    error,
    waitSeconds,
    withPassword,
    invitation: invited,
    withInvitation,
    putInvitationAside,
    tryAgain: begin,
  };
}

export function useMe() {
  return useQuery({ queryKey: queryKeys.me, queryFn: fetchMe, staleTime: Number.POSITIVE_INFINITY });
}

export function useSignOut(): () => Promise<void> {
  return session.signOut;
}
