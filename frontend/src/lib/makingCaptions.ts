import { SETUP_ERRORS } from "@/types/errors";
import type { VideoProgress } from "@/types/progress";
import type { VideoTranscript } from "@/types/transcription";
import type { Enrichment } from "@/types/video";

type SetupCode = (typeof SETUP_ERRORS)[number];

const setupErrors: ReadonlySet<string> = new Set(SETUP_ERRORS);

type Captioned = Pick<VideoProgress, "stage" | "captions_source" | "captions_pending" | "captions_code">;

/** Whether somebody can have captions made for it: none are there, and none are on their way. */
export function canHaveCaptionsMade(video: Captioned): boolean {
  if (video.stage !== "complete" || video.captions_source !== "none") return false;
  return !video.captions_pending || video.captions_code === "transcription_budget";
}

/** Why somebody who wants captions does not have them, and what helps. */
export type NoTranscript =
  | { kind: "making"; step: "sound" | "words" | "turn"; done: number; parts: number }
  | {
      kind: "later";
      reason: "budget" | "service" | "serviceDown" | "youtube";
      at: string | null;
      now: boolean;
    }
  /** Nothing happens before somebody changes the settings. */
  | { kind: "stopped"; code: SetupCode }
  | { kind: "none" | "locked" | "failed" | "long" };

const NONE: Partial<Record<string, "locked" | "failed" | "long">> = {
  captions_locked: "locked",
  captions_failed: "failed",
  audio_too_long: "long",
};

/** Of a video that is finished, or whose captions are being made. Null: YouTube's own are still on their way. */
export function noTranscript(
  progress: VideoProgress,
  enrichment: Pick<Enrichment, "transcription" | "last_error_code"> | undefined,
): NoTranscript | null {
  const transcription = enrichment?.transcription ?? null;
  if (transcription) {
    const { captions_code } = progress;
    // The stream may know of a problem before the details do: then nobody listens to anything.
    const stuck = transcription.state === "waiting" && progress.captions_pending;
    if (stuck && isSetupCode(captions_code)) return { kind: "stopped", code: captions_code };
    return underWay(transcription);
  }
  if (progress.stage !== "complete") return null;
  const code = progress.captions_code ?? enrichment?.last_error_code ?? null;
  if (code === "transcription_budget") {
    return { kind: "later", reason: "budget", at: null, now: true };
  }
  if (progress.captions_pending) {
    if (isSetupCode(code)) return { kind: "stopped", code };
    const byYoutube = code?.startsWith("upstream_") ?? false;
    if (byYoutube) return { kind: "later", reason: "youtube", at: null, now: false };
    return { kind: "making", step: "turn", done: 0, parts: 0 };
  }
  return { kind: NONE[code ?? ""] ?? "none" };
}

function underWay({ state, parts_done, part_count, reason_code, resumes_at }: VideoTranscript): NoTranscript {
  if (isSetupCode(reason_code)) return { kind: "stopped", code: reason_code };
  if (reason_code === "transcription_budget") {
    return { kind: "later", reason: "budget", at: resumes_at, now: true };
  }
  if (reason_code !== null) {
    // Without its parts the sound is missing, and that is YouTube's.
    const service = reason_code === "upstream_down" ? "serviceDown" : "service";
    return { kind: "later", reason: part_count === 0 ? "youtube" : service, at: resumes_at, now: false };
  }
  if (state === "words" && part_count > 0) {
    return { kind: "making", step: "words", done: parts_done, parts: part_count };
  }
  return { kind: "making", step: state === "sound" ? "sound" : "turn", done: 0, parts: 0 };
}

/** Whether it is about the settings, so that only they help. */
export function isSetupCode(code: string | null): code is SetupCode {
  return code !== null && setupErrors.has(code);
}
