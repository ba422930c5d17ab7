import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { command, LISTENING, PLAYING, parsePlayerMessage } from "@/lib/playerProtocol";

export interface Player {
  /** For the iframe. */
  ref: RefObject<HTMLIFrameElement | null>;
  onLoad: () => void;
  ready: boolean;
  playing: boolean;
  seekTo: (seconds: number) => void;
  /** The time, for those that follow it: a store, so that four updates a second don't render the page. */
  time: TimeStore;
}

export interface TimeStore {
  get: () => number;
  subscribe: (listener: () => void) => () => void;
}

/** The embedded player, by messages only: no foreign script runs in this page. */
export function usePlayer(src: string, startSeconds: number | null): Player {
  const ref = useRef<HTMLIFrameElement>(null);
  const [ready, setReady] = useState(false);
  const [playing, setPlaying] = useState(false);
  const seekWhenReady = useRef<number | null>(null);
  const readyRef = useRef(false);
  const origin = useMemo(() => new URL(src, location.origin).origin, [src]);
  const [store] = useState(() => makeTimeStore(startSeconds ?? 0));

  const post = useCallback(
    (message: string) => ref.current?.contentWindow?.postMessage(message, origin),
    [origin],
  );

  useEffect(() => {
    readyRef.current = false;
    setReady(false);
    // The player starts talking once it has been spoken to, and it does not hear what comes too early.
    const knocking = setInterval(() => {
      if (!readyRef.current) post(LISTENING);
    }, 250);

    const onMessage = (event: MessageEvent) => {
      if (event.origin !== origin || event.source !== ref.current?.contentWindow) return;
      const message = parsePlayerMessage(event.data);
      if (!message) return;
      if (!readyRef.current) {
        readyRef.current = true;
        setReady(true);
        if (seekWhenReady.current !== null) {
          post(command("seekTo", [seekWhenReady.current, true]));
          post(command("playVideo"));
          seekWhenReady.current = null;
        }
      }
      const { currentTime, playerState } = message.info;
      // A cued player says 0 until it plays: a `?t=` link keeps its place meanwhile.
      if (currentTime !== undefined && (currentTime > 0 || store.started())) store.set(currentTime);
      if (playerState !== undefined) setPlaying(playerState === PLAYING);
    };
    window.addEventListener("message", onMessage);
    return () => {
      clearInterval(knocking);
      window.removeEventListener("message", onMessage);
    };
  }, [origin, post, store]);

  const seekTo = useCallback(
    (seconds: number) => {
      store.set(seconds);
      if (readyRef.current) {
        post(command("seekTo", [seconds, true]));
        post(command("playVideo"));
      } else {
        seekWhenReady.current = seconds;
      }
    },
    [post, store],
  );

  const onLoad = useCallback(() => post(LISTENING), [post]);

  return useMemo(
    () => ({ ref, onLoad, ready, playing, seekTo, time: store }),
    [onLoad, ready, playing, seekTo, store],
  );
}

function makeTimeStore(initial: number) {
  let seconds = initial;
  let started = false;
  const listeners = new Set<() => void>();
  return {
    get: () => seconds,
    started: () => started,
    set(next: number) {
      started = true;
      if (next === seconds) return;
      seconds = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
