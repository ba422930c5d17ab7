import { useCallback, useEffect, useState } from "react";
import { beginAtProvider, fetchWays } from "@/api/doors";
import { session } from "@/api/session";
import { toApiError } from "@/lib/apiError";
import type { RequestErrorCode } from "@/types/errors";
import type { Ways } from "@/types/video";

/** Always there. */
const PASSWORD_ONLY: Ways = { password: true, link: false, provider: null, proxy: null };

interface OtherWays {
  /** null: not known yet. */
  ways: Ways | null;
  error: RequestErrorCode | null;
  /** After how long another attempt is heard, if that is known. */
  waitSeconds: number | null;
  busy: boolean;
  byProxy: () => void;
  toProvider: () => void;
  /** Somebody tries another way now. */
  forgetError: () => void;
}

/** The ways in beside a password. Whom the proxy has let in is signed in without a click. */
export function useWays(): OtherWays {
  const [ways, setWays] = useState<Ways | null>(null);
  const [error, setError] = useState<RequestErrorCode | null>(null);
  const [waitSeconds, setWaitSeconds] = useState<number | null>(null);
  const [busy, setBusy] = useState(false);

  const attempt = useCallback(async (work: () => Promise<void>) => {
    setError(null);
    setBusy(true);
    try {
      await work();
    } catch (cause) {
      const { code, waitSeconds } = toApiError(cause);
      setWaitSeconds(waitSeconds);
      setError(code);
      setBusy(false);
    }
  }, []);
  const byProxy = useCallback(() => void attempt(session.withProxy), [attempt]);
  const toProvider = useCallback(
    () => void attempt(async () => location.assign(await beginAtProvider())),
    [attempt],
  );

  useEffect(() => {
    let isHere = true;
    fetchWays()
      .catch(() => PASSWORD_ONLY)
      .then((found) => {
        if (!isHere) return;
        setWays(found);
        if (found.proxy && !session.leftByHand()) byProxy();
      });
    return () => {
      isHere = false;
    };
  }, [byProxy]);

  // Whoever comes back by the browser's button finds a page that waits for nothing.
  useEffect(() => {
    const onShow = (event: PageTransitionEvent) => event.persisted && setBusy(false);
    window.addEventListener("pageshow", onShow);
    return () => window.removeEventListener("pageshow", onShow);
  }, []);

  const forgetError = useCallback(() => setError(null), []);
  return { ways, error, waitSeconds, busy, byProxy, toProvider, forgetError };
}
