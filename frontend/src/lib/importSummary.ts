import type { TFunction } from "i18next";
import { FINAL_VIDEO_ERRORS } from "@/types/errors";
import type { ImportJob, ImportSummary } from "@/types/video";
import { say } from "./addedMessage";

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
  /** Of the done ones. */
  gone: number;
  /** Somebody still works on it, or it comes by itself. */
  waiting: number;
  /** Of the waiting ones: at a time of their own, they hold nothing up. */
  later: number;
  stopped: number;
  /** Were in it, and are in no list any more: not part of the total. */
  removed: number;
}

export function figuresOf({ state, counts, summary }: ImportJob): ImportFigures {
  const { total, waiting, later } = summary;
  // Nobody works on what is left of a cancelled import, whatever it waits for.
  const stopped = state === "cancelled" ? waiting : summary.stopped;
  return {
    total,
    done: total - waiting,
    withoutCaptions: summary.without_captions,
    gone: goneByReason(summary).reduce((sum, { count }) => sum + count, 0),
    waiting: waiting - stopped,
    // Of a paused import nothing comes by itself.
    later: state === "running" || state === "finished" ? later : 0,
    stopped,
    removed: Math.max(0, counts.new - total),
  };
}

/** Nothing is left that somebody would have to wait for: the rest comes at a time of its own. */
export function isOver(job: ImportJob): boolean {
  if (job.state === "finished" || job.state === "cancelled") return true;
  const { waiting, later } = figuresOf(job);
  return job.state === "running" && job.summary.waiting > 0 && waiting <= later;
}

/** Its list was deleted, and all of its videos with it: nothing came of it that could be told. */
export function isListGone({ list_id, summary }: ImportJob): boolean {
  return list_id === null && summary.total === 0;
}

/** An import of one video is shown by its tile alone. */
export function isBatch({ counts, summary }: ImportJob): boolean {
  return Math.max(counts.new, summary.total) > 1;
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
  const { withoutCaptions, gone, waiting, later, stopped, removed } = figuresOf(job);
  if (isListGone(job)) return t("job.listDeleted");
  const working = job.state === "paused" ? "job.held" : "job.waiting";
  const parts = [
    removed > 0 && t("job.removed", say(removed, language)),
    withoutCaptions > 0 && t("job.without", say(withoutCaptions, language)),
    gone > 0 && `${t("job.unavailable", say(gone, language))}${reasons ? why(job.summary, t, language) : ""}`,
    waiting > later && t(working, say(waiting - later, language)),
    later > 0 && t("job.later", say(later, language)),
    stopped > 0 && t("job.stopped", say(stopped, language)),
  ].filter((part) => part !== false);
  const head = cancelled && job.state === "cancelled" ? `${t("job.cancelled")}. ` : "";
  const rest = parts.length > 0 ? ` ${parts.join(", ")}.` : "";
  return `${head}${t("job.imported", say(job.summary.imported, language))}${rest}`;
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
    total += figures.total;
    weighted += job.progress_percent * figures.total;
  }
  return { counted, done, total, percent: total > 0 ? weighted / total : 0 };
}
