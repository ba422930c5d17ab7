import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { percentage } from "@/lib/format";
import { isPlayable } from "@/lib/progress";
import type { VideoRow } from "@/lib/rows";
import { shownTitle } from "@/lib/shownTitle";
import { hasRing, isWait, stateWords, type TileState, tileState } from "@/lib/tileState";
import type { VideoProgress } from "@/types/progress";
import { useImportProgress, useIsWaiting } from "./useImportProgress";
import { useMediaQuery } from "./useMediaQuery";

export interface Tile {
  progress: VideoProgress;
  state: TileState;
  /** The state in words; null when there is nothing to say. */
  words: string | null;
  /** The same with its percentage, as long as there is a ring. */
  spoken: string | null;
  /** The same for eyes. */
  shown: string | null;
  /** What is written as its title. */
  title: string;
  titled: boolean;
  /** What it is called within a sentence. */
  name: string;
  openable: boolean;
  ring: { shown: boolean; leaving: boolean };
}

/** Everything a tile shows, from its row and what the stream has said since. */
export function useTile(video: VideoRow, importPaused: boolean): Tile {
  const { t, i18n } = useTranslation();
  const now = new Date();
  const progress = useImportProgress(video);
  const throttled = useIsWaiting(progress);
  const state = tileState(progress, { throttled, importPaused, now });
  const ring = useFadingOut(hasRing(state));

  const words = video.pending ? t("tile.adding") : stateWords(state, progress, t, i18n.language, now);
  const known = progress.title ?? "";
  const moving = words !== null && hasRing(state) && !video.pending;
  return {
    progress,
    state,
    words,
    spoken: moving ? t("tile.percent", { words, percent: progress.progress }) : words,
    shown: moving ? `${words}, ${percentage(progress.progress, i18n.language)}` : words,
    title: shownTitle(known, progress.stage, video.youtube_id, t),
    titled: known !== "",
    name: known || t("tile.thisVideo"),
    // A premiere can be announced, with its title, before its stages begin.
    openable: !video.pending && (isPlayable(progress) || (isWait(state) && known !== "")),
    ring,
  };
}

const VEIL_MS = 300;

/** Keeps the ring while its veil fades, once, when an import ends before somebody's eyes. */
function useFadingOut(importing: boolean): { shown: boolean; leaving: boolean } {
  const still = useMediaQuery("(prefers-reduced-motion: reduce)");
  const [shown, setShown] = useState(importing);
  if (importing && !shown) setShown(true);
  if (!importing && shown && still) setShown(false);
  useEffect(() => {
    if (importing || !shown) return;
    const timer = setTimeout(() => setShown(false), VEIL_MS);
    return () => clearTimeout(timer);
  }, [importing, shown]);
  return { shown: importing || shown, leaving: !importing };
}
