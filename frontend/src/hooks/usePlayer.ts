import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";
import {
  BUFFERING,
  command,
  isRefusal,
  LISTENING,
  PLAYING,
  type PlayerInfo,
  parsePlayerMessage,
} from "@/lib/playerProtocol";
import { watchUrl } from "@/lib/quote";

export interface Player {
  /** For the iframe. */
  ref: RefObject<HTMLIFrameElement | null>;
  onLoad: () => void;
  ready: boolean;
  playing: boolean;
  muted: boolean;
  rate: number;
  /** As the player knows it; null before it does. */
  durationSeconds: number | null;
  /** Why it plays nowhere but on YouTube, as the player's own number; null: it plays. */
  refusal: number | null;
  /** Plays from there; what does not play here is opened on YouTube at that second. */
  seekTo: (seconds: number) => void;
  /** Goes there, and goes on or stays paused as before. */
  moveTo: (seconds: number) => void;
  togglePlay: () => void;
  toggleMute: () => void;
  setRate: (rate: number) => void;
  /** The time, for those that follow it: a store, so that four updates a second don't render the page. */
  time: TimeStore;
}

export interface TimeStore {
  get: () => number;
  /** Whether it is the player's own by now. */
  started: () => boolean;
  subscribe: (listener: () => void) => () => void;
}

interface Options {
  src: string;
  youtubeId: string;
  startSeconds: number | null;
  /** Somebody has clicked on a moment: it begins by itself, where the browser lets it. */
  playsAtOnce: boolean;
  /** It is known that it does not play, so there is no iframe to ask. */
  refusal: number | null;
  /** What the import knows of it. With something else it may play after all: a premiere that has begun. */
  known: string | null;
  rate: number;
}

interface Shown {
  playing: boolean;
  muted: boolean;
  durationSeconds: number | null;
  refusal: number | null;
}

const NOTHING_YET: Shown = { playing: false, muted: false, durationSeconds: null, refusal: null };

/** The embedded player, by messages only: no foreign script runs in this page. */
export function usePlayer({
  src,
  youtubeId,
  startSeconds,
  playsAtOnce,
  refusal: knownRefusal,
  known,
  rate,
}: Options): Player {
  const ref = useRef<HTMLIFrameElement>(null);
  const [ready, setReady] = useState(false);
  const [shown, setShown] = useState(NOTHING_YET);
  const seekWhenReady = useRef(playsAtOnce ? startSeconds : null);
  const readyRef = useRef(false);
  const origin = useMemo(() => new URL(src, location.origin).origin, [src]);
  const [store] = useState(() => makeTimeStore(startSeconds ?? 0));
  const refusal = knownRefusal ?? shown.refusal;

  const post = useCallback(
    (message: string) => ref.current?.contentWindow?.postMessage(message, origin),
    [origin],
  );

  const wantedRate = useRef(rate);
  const setRate = useCallback(
    (next: number) => {
      wantedRate.current = next;
      if (readyRef.current) post(command("setPlaybackRate", [next]));
    },
    [post],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is known of it is a reason to ask again
  useEffect(() => {
    readyRef.current = false;
    setReady(false);
    setShown((before) => (before.refusal === null ? before : { ...before, refusal: null }));
    // The player starts talking once it has been spoken to, and it does not hear what comes too early.
    const knocking = setInterval(() => {
      if (!readyRef.current) post(LISTENING);
    }, 250);

    const greet = () => {
      readyRef.current = true;
      setReady(true);
      post(command("addEventListener", ["onError"]));
      if (wantedRate.current !== 1) post(command("setPlaybackRate", [wantedRate.current]));
      if (seekWhenReady.current === null) return;
      post(command("seekTo", [seekWhenReady.current, true]));
      post(command("playVideo"));
      seekWhenReady.current = null;
    };
    const onMessage = (event: MessageEvent) => {
      if (event.origin !== origin || event.source !== ref.current?.contentWindow) return;
      const message = parsePlayerMessage(event.data);
      if (!message) return;
      if (!readyRef.current) greet();
      const { currentTime } = message.info;
      if (currentTime !== undefined && (store.started() || hasBegun(currentTime, startSeconds))) {
        store.set(currentTime);
      }
      setShown((before) => withInfo(before, message.info));
    };
    window.addEventListener("message", onMessage);
    return () => {
      clearInterval(knocking);
      window.removeEventListener("message", onMessage);
    };
  }, [origin, post, store, startSeconds, known]);

  const refused = refusal !== null;
  const moveTo = useCallback(
    (seconds: number) => {
      store.set(seconds);
      if (refused) window.open(watchUrl(youtubeId, seconds), "_blank", "noopener");
      else if (readyRef.current) post(command("seekTo", [seconds, true]));
      else seekWhenReady.current = seconds;
    },
    [post, store, refused, youtubeId],
  );
  const seekTo = useCallback(
    (seconds: number) => {
      moveTo(seconds);
      if (readyRef.current && !refused) post(command("playVideo"));
    },
    [post, moveTo, refused],
  );

  const { playing, muted } = shown;
  const togglePlay = useCallback(() => post(command(playing ? "pauseVideo" : "playVideo")), [post, playing]);
  const toggleMute = useCallback(() => post(command(muted ? "unMute" : "mute")), [post, muted]);
  const onLoad = useCallback(() => post(LISTENING), [post]);

  return useMemo(
    () => ({
      ...shown,
      ref,
      onLoad,
      ready,
      rate,
      refusal,
      seekTo,
      moveTo,
      togglePlay,
      toggleMute,
      setRate,
      time: store,
    }),
    [shown, onLoad, ready, rate, refusal, seekTo, moveTo, togglePlay, toggleMute, setRate, store],
  );
}

/**
 * Whether a time of the player is already one of its own. Cued, it says 0 until it plays; and it begins at whole
 * seconds, which may still be the line before the one that a link leads to.
 */
function hasBegun(seconds: number, start: number | null): boolean {
  if (seconds <= 0) return false;
  return start === null || seconds >= start || seconds < Math.floor(start);
}

/** The same object where nothing of it has changed: an answer comes four times a second. */
function withInfo(before: Shown, info: PlayerInfo): Shown {
  const next: Shown = {
    playing: isPlaying(before.playing, info.playerState),
    muted: info.muted ?? before.muted,
    durationSeconds: info.duration && info.duration > 0 ? info.duration : before.durationSeconds,
    refusal: info.error !== undefined && isRefusal(info.error) ? info.error : before.refusal,
  };
  const same =
    next.playing === before.playing &&
    next.muted === before.muted &&
    next.durationSeconds === before.durationSeconds &&
    next.refusal === before.refusal;
  return same ? before : next;
}

/** A player that fetches more is what it was before. */
function isPlaying(before: boolean, state: number | undefined): boolean {
  return state === undefined || state === BUFFERING ? before : state === PLAYING;
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
