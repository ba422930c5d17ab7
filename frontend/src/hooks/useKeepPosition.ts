import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { keepPosition } from "@/api/watch";
import { KEEP_EVERY_MS, positionToKeep } from "@/lib/position";
import type { Player } from "./usePlayer";
import { patchVideo } from "./useVideoChange";

/** Writes down where somebody is in a video: now and then while it plays, at a pause, and when they leave. */
export function useKeepPosition(videoId: string, player: Player, kept: number | null): void {
  const queryClient = useQueryClient();
  const { playing, durationSeconds, time } = player;
  const written = useRef(kept);
  const played = useRef(false);
  const keep = useRef(() => {});
  useEffect(() => {
    if (playing) played.current = true;
    keep.current = () => {
      // Who has only looked at the page is where they were before.
      if (!played.current) return;
      const seconds = positionToKeep(time.get(), durationSeconds);
      if (seconds === written.current) return;
      written.current = seconds;
      patchVideo(queryClient, videoId, { position_seconds: seconds });
      // Not worth a word when it can't be kept: the next one comes in ten seconds.
      keepPosition(videoId, seconds).catch(() => null);
    };
  });

  useEffect(() => {
    if (!playing) return;
    const timer = setInterval(() => keep.current(), KEEP_EVERY_MS);
    return () => {
      clearInterval(timer);
      keep.current();
    };
  }, [playing]);

  useEffect(() => {
    const onLeave = () => document.visibilityState === "hidden" && keep.current();
    const onPageHide = () => keep.current();
    document.addEventListener("visibilitychange", onLeave);
    window.addEventListener("pagehide", onPageHide);
    return () => {
      onPageHide();
      document.removeEventListener("visibilitychange", onLeave);
      window.removeEventListener("pagehide", onPageHide);
    };
  }, []);
}
