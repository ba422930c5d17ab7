import type { TFunction } from "i18next";
import type { VideoProgress } from "@/types/progress";
import { isTerminal, isTranscribing } from "./progress";
import { type WaitKind, waitBadge, waitKind } from "./waiting";

/** What a tile looks like. Exactly one of these at a time. */
export type TileState =
  | "importing"
  /** YouTube sets the pace: a lane it needs is paused. */
  | "throttled"
  /** Its import was paused by a person. */
  | "paused"
  | WaitKind
  | "complete"
  | "without_captions"
  /** Complete, and its captions are still being made. */
  | "captions_later"
  | "error";

export interface Surroundings {
  /** A lane it needs next is paused. */
  throttled: boolean;
  importPaused: boolean;
  now: Date;
}

export function tileState(
  progress: VideoProgress,
  { throttled, importPaused, now }: Surroundings,
): TileState {
  if (progress.stage === "error") return "error";
  if (isTerminal(progress.stage)) {
    if (progress.captions_source !== "none") return "complete";
    return progress.captions_pending ? "captions_later" : "without_captions";
  }
  const wait = waitKind(progress, now);
  // "Next try at 14:20" is not true of an import that somebody has paused; a premiere stays one.
  if (wait !== null && !(wait === "later" && importPaused)) return wait;
  if (importPaused) return "paused";
  return throttled ? "throttled" : "importing";
}

/** States that wait for a time of their own, or for a person: said in words instead of a ring. */
export function isWait(state: TileState): state is WaitKind {
  return ["upcoming", "live", "processing", "later", "stopped"].includes(state);
}

/** States under a ring. */
export function hasRing(state: TileState): boolean {
  return state === "importing" || state === "throttled" || state === "paused";
}

const WHY_NONE: Partial<
  Record<string, "tile.captionsLocked" | "tile.captionsFailed" | "tile.captionsLong" | "tile.captionsBudget">
> = {
  captions_locked: "tile.captionsLocked",
  captions_failed: "tile.captionsFailed",
  audio_too_long: "tile.captionsLong",
  transcription_budget: "tile.captionsBudget",
};

/** Otherwise they are under way. */
const WHY_LATER: Partial<Record<string, "tile.captionsBudget" | "tile.captionsLater" | "tile.captionsOff">> =
  {
    transcription_budget: "tile.captionsBudget",
    transcription_key_invalid: "tile.captionsLater",
    transcription_model_missing: "tile.captionsLater",
    transcription_off: "tile.captionsOff",
    upstream_throttled: "tile.captionsLater",
    upstream_blocked: "tile.captionsLater",
    upstream_down: "tile.captionsLater",
  };

/** A tile's state in words, for ears and for the rows of the dense list. Null: there is nothing to say. */
export function stateWords(
  state: TileState,
  progress: VideoProgress,
  t: TFunction,
  language: string,
  now: Date,
): string | null {
  switch (state) {
    case "complete":
      return null;
    case "importing":
      return t(isTranscribing(progress) ? "video.stage_transcribing" : `video.stage_${progress.stage}`);
    case "throttled":
      return t("wait.lane");
    case "paused":
      return t("tile.importPaused");
    case "without_captions":
      return t(WHY_NONE[progress.captions_code ?? ""] ?? "tile.noCaptions");
    case "captions_later":
      return t(WHY_LATER[progress.captions_code ?? ""] ?? "tile.captionsMaking");
    case "error":
      return progress.error_code ? t(`errors.${progress.error_code}`) : t("errors.unexpected");
    default:
      return waitBadge(state, progress, t, language, now);
  }
}
