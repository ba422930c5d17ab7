import type { TFunction } from "i18next";
import type { VideoProgress } from "@/types/progress";
import type { ImportItem, ImportItemVideo, ImportJob, ItemOutcome, RetriableOutcome } from "@/types/video";
import { figuresOf } from "./importSummary";
import { isTerminal, isWaitingCode } from "./progress";

/** In the order in which people want to know. */
export const OUTCOMES: readonly ItemOutcome[] = [
  "imported",
  "without_captions",
  "unavailable",
  "waiting",
  "stopped",
  "removed",
  "duplicate",
  "repeated",
  "rejected",
  "playlist",
];

/** How many lines came to what; together they are the input. Moves with the import, without asking again. */
export function outcomesOf(job: ImportJob): Record<ItemOutcome, number> {
  const { counts, summary } = job;
  const { withoutCaptions, gone, waiting, stopped } = figuresOf(job);
  return {
    imported: summary.imported - withoutCaptions,
    without_captions: withoutCaptions,
    unavailable: gone,
    waiting,
    stopped,
    removed: Math.max(0, counts.new - summary.total),
    duplicate: counts.duplicate,
    repeated: counts.repeated,
    rejected: counts.rejected,
    playlist: counts.playlist,
  };
}

export function linesOf({ counts }: ImportJob): number {
  return counts.new + counts.duplicate + counts.repeated + counts.rejected + counts.playlist;
}

const RETRIABLE: readonly RetriableOutcome[] = ["stopped", "unavailable", "without_captions"];

/** What can be tried again, with how many: of all groups, or of the one that is looked at. */
export function retriable(
  job: ImportJob,
  filter: ItemOutcome | null,
): { outcome: RetriableOutcome; count: number }[] {
  const counts = outcomesOf(job);
  // What waits is tried anyway: only those who look at them are offered to hurry them.
  const groups = filter === "waiting" && job.state === "running" ? (["waiting"] as const) : RETRIABLE;
  // What is stopped of a cancelled import goes on with the import: that has a button of its own.
  const resumed = job.state === "cancelled" ? "stopped" : null;
  return groups
    .filter((outcome) => outcome !== resumed)
    .filter((outcome) => filter === null || filter === outcome)
    .map((outcome) => ({ outcome, count: counts[outcome] }))
    .filter(({ count }) => count > 0);
}

/** The video of a line as the stream speaks of it. */
export function itemProgress(video: ImportItemVideo): VideoProgress {
  return {
    stage: video.import_stage,
    progress: video.import_progress,
    error_code: video.error_code,
    captions_source: video.captions_source,
    captions_pending: false,
    title: video.title,
    channel: video.channel,
    duration_seconds: null,
    waiting_until: null,
  };
}

/** What has become of a line by now. */
export function currentOutcome(item: ImportItem, progress: VideoProgress | null): ItemOutcome {
  if (item.verdict !== "new" || !progress) return item.outcome;
  if (progress.stage === "error") return "unavailable";
  if (isTerminal(progress.stage)) {
    return progress.captions_source === "none" ? "without_captions" : "imported";
  }
  return progress.error_code === "import_cancelled" ? "stopped" : "waiting";
}

/** How it is called. What is not over is paused, is worked on, or comes at a time of its own. */
export function outcomeWords(outcome: ItemOutcome, progress: VideoProgress | null, paused: boolean) {
  if (outcome !== "waiting") return `outcome.${outcome}` as const;
  if (paused) return "outcome.held";
  const later = progress && (isWaitingCode(progress.error_code) || progress.waiting_until !== null);
  return later ? "outcome.later" : "outcome.working";
}

/** The same for all of them at once, by what they are. */
export function groupWords(outcome: ItemOutcome, job: ImportJob) {
  if (outcome !== "waiting") return `outcome.${outcome}` as const;
  if (job.state === "paused") return "outcome.held";
  const { waiting, later } = figuresOf(job);
  if (later === 0) return "outcome.working";
  return waiting > later ? "outcome.waiting" : "outcome.later";
}

/** Why that is so, in a sentence; null where the outcome says it all. */
export function outcomeReason(
  item: ImportItem,
  outcome: ItemOutcome,
  progress: VideoProgress | null,
  t: TFunction,
): string | null {
  switch (outcome) {
    case "imported":
      return null;
    case "rejected":
    case "playlist":
      return t(`rejects.${item.reason_code ?? "no_link"}`);
    case "removed":
    case "duplicate":
    case "repeated":
      return t(`why.${outcome}`);
    case "stopped":
      return t("why.stopped");
    default:
      return progress?.error_code ? t(`errors.${progress.error_code}`) : null;
  }
}
