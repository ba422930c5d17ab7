import { type ErrorCode, WAITING_VIDEO_ERRORS } from "@/types/errors";
import type { VideoProgress } from "@/types/progress";
import type { ImportJob, ImportStage, Video } from "@/types/video";
import { figuresOf } from "./importSummary";

/** Which lanes the next stage needs. A tile waits when one of them is paused. */
const NEXT_LANES: Record<ImportStage, readonly string[]> = {
  created: ["oembed"],
  metadata: ["player", "timedtext"],
  captions: [],
  chapters: [],
  complete: [],
  error: [],
};

export function progressOf(video: Video): VideoProgress {
  return {
    stage: video.import_stage,
    progress: video.import_progress,
    error_code: video.error_code,
    captions_source: video.captions_source,
    captions_pending: video.captions_pending,
    captions_code: video.captions_code,
    title: video.title,
    channel: video.channel,
    duration_seconds: video.duration_seconds,
    waiting_until: video.waiting_until,
  };
}

/** Progress never goes back; everything else is the newer one's. A title that was known is not unlearned. */
export function fold(older: VideoProgress | undefined, newer: VideoProgress): VideoProgress {
  if (!older) return newer;
  if (newer.progress < older.progress && newer.stage !== "error") return older;
  const next: VideoProgress = {
    ...newer,
    progress: Math.max(older.progress, newer.progress),
    title: newer.title ?? older.title,
    channel: newer.channel ?? older.channel,
    duration_seconds: newer.duration_seconds ?? older.duration_seconds,
  };
  return same(older, next) ? older : next;
}

function same(a: VideoProgress, b: VideoProgress): boolean {
  return (
    a.stage === b.stage &&
    a.progress === b.progress &&
    a.error_code === b.error_code &&
    a.captions_source === b.captions_source &&
    a.captions_pending === b.captions_pending &&
    a.captions_code === b.captions_code &&
    a.title === b.title &&
    a.channel === b.channel &&
    a.duration_seconds === b.duration_seconds &&
    a.waiting_until === b.waiting_until
  );
}

/** An import's percentage grows, unless finished work was taken up again ("try again"). */
export function foldJob(older: ImportJob | undefined, newer: ImportJob): ImportJob {
  if (!older || newer.summary.waiting > older.summary.waiting) return newer;
  // A playlist has brought more, or has said how much it will bring: of a larger whole less is done.
  if (figuresOf(newer).totalInSight > figuresOf(older).totalInSight) return newer;
  return { ...newer, progress_percent: Math.max(newer.progress_percent, older.progress_percent) };
}

export function isUnderWay({ state }: ImportJob): boolean {
  return state === "running" || state === "paused";
}

export function isTerminal(stage: ImportStage): boolean {
  return stage === "complete" || stage === "error";
}

/** Captions are being made from its sound: YouTube's own were looked for, and there are none. */
export function isTranscribing({ stage, progress }: VideoProgress): boolean {
  return stage === "metadata" && progress > 25;
}

export function isPlayable(progress: VideoProgress): boolean {
  return progress.progress >= 25;
}

const waitingCodes: ReadonlySet<string> = new Set(WAITING_VIDEO_ERRORS);

export function isWaitingCode(code: ErrorCode | null): boolean {
  return code !== null && waitingCodes.has(code);
}

export function isWaiting(progress: VideoProgress, pausedLanes: readonly string[]): boolean {
  if (isTerminal(progress.stage)) return false;
  // It goes on without its captions if those take long: no lane holds it up.
  if (isTranscribing(progress)) return false;
  return (
    isWaitingCode(progress.error_code) ||
    NEXT_LANES[progress.stage].some((lane) => pausedLanes.includes(lane))
  );
}
