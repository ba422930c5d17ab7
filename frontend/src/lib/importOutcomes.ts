import type { TFunction } from "i18next";
import type { VideoProgress } from "@/types/progress";
import type { ImportItem, ImportItemVideo, ImportJob, ItemOutcome, RetriableOutcome } from "@/types/video";
import { say } from "./addedMessage";
import { number } from "./format";
import { figuresOf, playlistsOf } from "./importSummary";
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
  const { withoutCaptions, gone, waiting, stopped, removed } = figuresOf(job);
  const playlists = playlistsOf(job);
  return {
    imported: summary.imported - withoutCaptions,
    without_captions: withoutCaptions,
    unavailable: gone + playlists.unavailable,
    waiting: waiting + playlists.reading,
    stopped: stopped + playlists.stopped,
    removed,
    duplicate: counts.duplicate,
    repeated: counts.repeated,
    rejected: counts.rejected,
    playlist: playlists.done,
  };
}

export function linesOf({ counts }: ImportJob): number {
  return counts.new + counts.duplicate + counts.repeated + counts.rejected + counts.playlist;
}

const RETRIABLE: readonly RetriableOutcome[] = ["stopped", "unavailable", "without_captions"];

export interface Retriable {
  outcome: RetriableOutcome;
  count: number;
  /** Of these: the others are videos. */
  playlists: number;
}

/** What can be tried again, with how many: of all groups, or of the one that is looked at. */
export function retriable(job: ImportJob, filter: ItemOutcome | null): Retriable[] {
  if (job.state === "undone") return [];
  const counts = outcomesOf(job);
  // What waits is tried anyway: only those who look at them are offered to hurry them.
  const groups = filter === "waiting" && job.state === "running" ? (["waiting"] as const) : RETRIABLE;
  // What is stopped of a cancelled import goes on with the import: that has a button of its own.
  const resumed = job.state === "cancelled" ? "stopped" : null;
  const { reading, unavailable, stopped } = playlistsOf(job);
  const playlists = { waiting: reading, unavailable, stopped, without_captions: 0 };
  return groups
    .filter((outcome) => outcome !== resumed)
    .filter((outcome) => filter === null || filter === outcome)
    .map((outcome) => ({ outcome, count: counts[outcome], playlists: playlists[outcome] }))
    .filter(({ count }) => count > 0);
}

/** How that is called, by what is in the group. */
export function retryKey({ outcome, count, playlists }: Retriable) {
  if (playlists === 0 || outcome === "without_captions") return `items.retry_${outcome}` as const;
  return playlists === count
    ? (`items.retryPlaylists_${outcome}` as const)
    : (`items.retryLines_${outcome}` as const);
}

/** The video of a line as the stream speaks of it. */
export function itemProgress(video: ImportItemVideo): VideoProgress {
  return {
    stage: video.import_stage,
    progress: video.import_progress,
    error_code: video.error_code,
    captions_source: video.captions_source,
    captions_pending: false,
    captions_code: null,
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
export function outcomeWords(
  { verdict, reason_code }: ImportItem,
  outcome: ItemOutcome,
  progress: VideoProgress | null,
  paused: boolean,
) {
  if (outcome === "playlist")
    return reason_code === "channel" ? "outcome.channelRead" : "outcome.playlistRead";
  if (outcome !== "waiting") return `outcome.${outcome}` as const;
  if (paused) return "outcome.held";
  if (verdict === "playlist") return "outcome.reading";
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
      return t(`rejects.${item.reason_code ?? "no_link"}`);
    case "playlist":
      return t("why.playlistRead");
    case "removed":
    case "duplicate":
    case "repeated":
      return t(`why.${outcome}`);
    case "stopped":
      return t("why.stopped");
    case "waiting":
    case "unavailable":
      if (item.verdict === "playlist") return playlistReason(item, outcome, t);
      return progress?.error_code ? t(`errors.${progress.error_code}`) : null;
    default:
      return progress?.error_code ? t(`errors.${progress.error_code}`) : null;
  }
}

const UNREAD: ReadonlySet<string> = new Set(["playlist_unavailable", "playlist_empty", "playlist_failed"]);

function playlistReason({ reason_code }: ImportItem, outcome: ItemOutcome, t: TFunction): string {
  if (outcome === "waiting") return t("why.playlistWaiting");
  const reason = reason_code !== null && UNREAD.has(reason_code) ? reason_code : "playlist_failed";
  return t(`rejects.${reason}`);
}

/** How many lines there are, and where they come from. */
export function linesText(job: ImportJob, t: TFunction, language: string): string {
  const all = linesOf(job);
  const found = Math.min(all, job.summary.playlists.found);
  // How many of them were read from playlists is not known any more.
  if (job.state === "undone" && job.counts.playlist > 0) return t("items.sumAll", say(all, language));
  if (found === 0) return t("items.sum", say(all, language));
  const numbers = { found: number(found, language), all: number(all, language) };
  return t("items.sumRead", { ...say(all - found, language), ...numbers });
}
