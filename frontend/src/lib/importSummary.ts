import type { TFunction } from "i18next";
import { FINAL_VIDEO_ERRORS } from "@/types/errors";
import type { ImportJob, ImportSummary } from "@/types/video";
import { say } from "./addedMessage";
import { number } from "./format";

type GoneCode = (typeof FINAL_VIDEO_ERRORS)[number] | "other";

/** Unavailable videos by reason, most first. A reason that is not one of ours is "other", never a code. */
export function goneByReason({ unavailable }: ImportSummary): { code: GoneCode; count: number }[] {
  const counts = new Map<GoneCode, number>();
  for (const [key, count] of Object.entries(unavailable)) {
    if (count <= 0) continue;
    const code = FINAL_VIDEO_ERRORS.find((known) => known === key) ?? "other";
    counts.set(code, (counts.get(code) ?? 0) + count);
  }
  return [...counts].map(([code, count]) => ({ code, count })).sort((a, b) => b.count - a.count);
}

/** What people are told in numbers. Every video of the import is in exactly one of done, waiting and stopped. */
export interface ImportFigures {
  total: number;
  done: number;
  /** Of the done ones. */
  withoutCaptions: number;
  /** Of those without captions: they get some later. */
  captionsComing: number;
  /** Of the done ones. */
  gone: number;
  /** Somebody still works on it, or it comes by itself. */
  waiting: number;
  /** Of the waiting ones: at a time of their own, they hold nothing up. */
  later: number;
  stopped: number;
  /** Were in it, and are in no list any more: not part of the total. */
  removed: number;
  /** With the videos that playlists are said to have and that are not found yet. */
  totalInSight: number;
}

export function figuresOf({ state, counts, summary }: ImportJob): ImportFigures {
  const { total, waiting, later } = summary;
  // Nobody works on what is left of a cancelled import, whatever it waits for.
  const stopped = state === "cancelled" ? waiting : summary.stopped;
  return {
    total,
    done: total - waiting,
    withoutCaptions: summary.without_captions,
    captionsComing: Math.min(summary.without_captions, summary.transcription?.pending.videos ?? 0),
    gone: goneByReason(summary).reduce((sum, { count }) => sum + count, 0),
    waiting: waiting - stopped,
    // Of a paused import nothing comes by itself.
    later: state === "running" || state === "finished" ? later : 0,
    stopped,
    removed: Math.max(0, counts.new - total),
    totalInSight: total + videosToFind(summary),
  };
}

function videosToFind({ playlists }: ImportSummary): number {
  return playlists.waiting > 0 ? Math.max(0, playlists.expected - playlists.found) : 0;
}

/** Playlists and channels by what became of reading them; together they are `counts.playlist`. */
export function playlistsOf({ state, counts, summary }: ImportJob) {
  const { waiting, unavailable, stopped } = summary.playlists;
  // Nobody reads on in an import that was cancelled or undone.
  const left = state === "cancelled" || state === "undone" ? waiting : 0;
  return {
    reading: waiting - left,
    unavailable,
    stopped: stopped + left,
    // Imports from the time before playlists were read know of none that was.
    done: Math.max(0, counts.playlist - waiting - unavailable - stopped),
  };
}

/** Its videos are not all known yet: every total may still grow. */
export function isReading(job: ImportJob): boolean {
  return playlistsOf(job).reading > 0;
}

/** The most that is said of what may still grow. */
const NOT_YET_ALL = 99;

/** How far it is of everything that is in sight; never at its end while there may be more. */
export function percentOf(job: ImportJob): number {
  return isReading(job) ? Math.min(NOT_YET_ALL, job.progress_percent) : job.progress_percent;
}

/** Nothing is left that somebody would have to wait for: the rest comes at a time of its own. */
export function isOver(job: ImportJob): boolean {
  if (job.state === "finished" || job.state === "cancelled" || job.state === "undone") return true;
  if (isReading(job)) return false;
  const { waiting, later } = figuresOf(job);
  return job.state === "running" && job.summary.waiting > 0 && waiting <= later;
}

/** Its list was deleted, and all of its videos with it: nothing came of it that could be told. */
export function isListGone({ list_id, summary }: ImportJob): boolean {
  return list_id === null && summary.total === 0;
}

/** An import of one video is shown by its tile alone; a playlist has none. */
export function isBatch(job: ImportJob): boolean {
  return Math.max(job.counts.new, job.summary.total) > 1 || isReading(job);
}

/** Everything it brought can be taken back: for a day after its end. */
export function canUndo({ state, undo_until }: ImportJob, nowMs: number): boolean {
  return state !== "undone" && undo_until !== null && Date.parse(undo_until) > nowMs;
}

interface Wording {
  /** "(2 private, 1 deleted)" behind the unavailable ones. */
  reasons?: boolean;
  /** "Cancelled." in front, where nothing else says so. */
  cancelled?: boolean;
}

/** "47 videos imported. 2 without captions, 1 not available (private), 1 comes later." */
export function summaryText(
  job: ImportJob,
  t: TFunction,
  language: string,
  { reasons = true, cancelled = true }: Wording = {},
): string {
  const { withoutCaptions, captionsComing, gone, waiting, later, stopped, removed } = figuresOf(job);
  if (job.state === "undone") return t("job.undone", say(removed, language));
  if (isListGone(job)) return t("job.listDeleted");
  const playlists = playlistsOf(job);
  const working = job.state === "paused" ? "job.held" : "job.waiting";
  const parts = [
    removed > 0 && t("job.removed", say(removed, language)),
    withoutCaptions > captionsComing && t("job.without", say(withoutCaptions - captionsComing, language)),
    captionsComing > 0 && t("job.captionsComing", say(captionsComing, language)),
    gone > 0 && `${t("job.unavailable", say(gone, language))}${reasons ? why(job.summary, t, language) : ""}`,
    waiting > later && t(working, say(waiting - later, language)),
    later > 0 && t("job.later", say(later, language)),
    stopped > 0 && t("job.stopped", say(stopped, language)),
    playlists.unavailable > 0 && t("job.unread", say(playlists.unavailable, language)),
    playlists.stopped > 0 && t("job.unreadStopped", say(playlists.stopped, language)),
  ].filter((part) => part !== false);
  const head = cancelled && job.state === "cancelled" ? `${t("job.cancelled")}. ` : "";
  const rest = parts.length > 0 ? ` ${parts.join(", ")}.` : "";
  return `${head}${t("job.imported", say(job.summary.imported, language))}${rest}`;
}

/** "Reading a playlist: 300 of about 1,240 videos found"; null when there is nothing to read. */
export function readingText(job: ImportJob, t: TFunction, language: string): string | null {
  const { reading } = playlistsOf(job);
  if (reading === 0) return null;
  const { found, expected } = job.summary.playlists;
  const head = t(job.state === "paused" ? "reading.held" : "reading.now", say(reading, language));
  if (expected > found) {
    const ofAbout = { ...say(expected, language), found: number(found, language) };
    return `${head}: ${t("reading.foundOf", ofAbout)}`;
  }
  return found > 0 ? `${head}: ${t("reading.found", say(found, language))}` : head;
}

/** "12 of 40", and while the end is not in sight "12 of about 1,240". */
export function progressText(job: ImportJob, t: TFunction, language: string): string {
  const { done, totalInSight } = figuresOf(job);
  const numbers = { done: number(done, language), total: number(totalInSight, language) };
  return t(isReading(job) ? "job.progressAbout" : "job.progress", numbers);
}

/** How it is called: its file or playlist, or where it goes, or what is in it. */
export function importName(job: ImportJob, listName: string | null, t: TFunction, language: string): string {
  return job.label ?? (job.list_count > 1 ? null : listName) ?? contentName(job, t, language);
}

/** "47 videos", "1 playlist". */
export function contentName(job: ImportJob, t: TFunction, language: string): string {
  const videos = job.summary.total || job.counts.new;
  if (videos === 0 && job.counts.playlist > 0) return t("job.playlists", say(job.counts.playlist, language));
  return t("job.name", say(videos, language));
}

/** Where it went, if its name does not say so: "into 3 lists", "into “Talks”". */
export function targetText(
  job: ImportJob,
  listName: string | null,
  t: TFunction,
  language: string,
): string | null {
  if (job.list_count > 1) return t("job.intoLists", say(job.list_count, language));
  return job.label !== null && listName !== null ? t("job.intoList", { name: listName }) : null;
}

function why(summary: ImportSummary, t: TFunction, language: string): string {
  const gone = goneByReason(summary);
  const reasons = gone.map(({ code, count }) =>
    gone.length === 1 ? t(`reasons.${code}`) : `${say(count, language).formatted} ${t(`reasons.${code}`)}`,
  );
  return ` (${reasons.join(", ")})`;
}

/** Imports, newest first: a list's answer with the stream's words on top (which absorb newer answers). */
export function withStreamed(jobs: readonly ImportJob[], streamed: readonly ImportJob[]): ImportJob[] {
  const byId = new Map([...jobs, ...streamed].map((job) => [job.id, job]));
  return [...byId.values()].sort((a, b) => b.created_at.localeCompare(a.created_at));
}

export interface DockTotals {
  /** Those that the numbers are about: what runs, or all of them while all are held. */
  counted: readonly ImportJob[];
  done: number;
  total: number;
  percent: number;
}

/** Several imports in one line. What somebody holds is left out beside what runs: its rest has no time. */
export function totalsOf(jobs: readonly ImportJob[]): DockTotals {
  const running = jobs.filter((job) => job.state !== "paused");
  const counted = running.length > 0 ? running : jobs;
  let done = 0;
  let total = 0;
  let weighted = 0;
  for (const job of counted) {
    const figures = figuresOf(job);
    done += figures.done;
    total += figures.totalInSight;
    weighted += percentOf(job) * figures.totalInSight;
  }
  return { counted, done, total, percent: total > 0 ? weighted / total : 0 };
}
