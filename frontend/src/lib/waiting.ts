import type { TFunction } from "i18next";
import type { VideoProgress } from "@/types/progress";
import { isTerminal } from "./progress";
import { atTime } from "./when";

/** What a video that is not over waits for. None of it is an error, and none of it is the pace of YouTube. */
export type WaitKind = "upcoming" | "live" | "processing" | "later" | "stopped";

/** A shorter pause is an ordinary retry: nothing that anybody has to read. */
const WORTH_SAYING_MS = 60_000;

export function waitKind(progress: VideoProgress, now: Date): WaitKind | null {
  if (isTerminal(progress.stage)) return null;
  switch (progress.error_code) {
    case "video_upcoming":
      return "upcoming";
    case "video_live":
      return "live";
    case "video_processing":
      return "processing";
    case "import_cancelled":
      return "stopped";
    case null:
      return isAhead(progress.waiting_until, now, WORTH_SAYING_MS) ? "later" : null;
    default:
      return null;
  }
}

function isAhead(iso: string | null, now: Date, byMs = 0): iso is string {
  return iso !== null && new Date(iso).getTime() - now.getTime() > byMs;
}

/** A few words for the tile: "Premiere on 5 Dec, 18:00", "Live now". */
export function waitBadge(
  kind: WaitKind,
  progress: VideoProgress,
  t: TFunction,
  language: string,
  now: Date,
): string {
  const { waiting_until } = progress;
  if ((kind === "upcoming" || kind === "later") && isAhead(waiting_until, now)) {
    return t(`wait.${kind}At`, { at: atTime(waiting_until, t, language, now) });
  }
  return t(`wait.${kind}`);
}

/** The same in sentences, for the page of the video: what is the matter, and when it goes on. */
export function waitSentence(
  kind: WaitKind,
  progress: VideoProgress,
  t: TFunction,
  language: string,
  now: Date,
): string {
  const { waiting_until } = progress;
  if (kind === "stopped") return t("errors.import_cancelled");
  const reason = kind === "later" ? t("wait.laterReason") : t(`errors.video_${kind}`);
  if (!isAhead(waiting_until, now)) return reason;
  const at = atTime(waiting_until, t, language, now);
  if (kind === "upcoming") return `${t("wait.upcomingAt", { at })}. ${reason}`;
  return `${reason} ${kind === "later" ? `${t("wait.laterAt", { at })}.` : t("wait.nextLook", { at })}`;
}
