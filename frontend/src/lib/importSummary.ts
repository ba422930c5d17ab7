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

/** Nothing is left that somebody would have to wait for: the rest comes at a time of its own. */
export function isOver({ state, summary }: ImportJob): boolean {
  if (state === "finished" || state === "cancelled") return true;
  return state === "running" && summary.waiting > 0 && summary.waiting <= summary.later;
}

/** "47 videos imported. 2 without captions, 1 not available (private), 1 comes later." */
export function summaryText({ state, summary }: ImportJob, t: TFunction, language: string): string {
  const { imported, without_captions, waiting, later } = summary;
  const gone = goneByReason(summary);
  const parts = [
    without_captions > 0 && t("job.without", say(without_captions, language)),
    gone.length > 0 && goneText(gone, t, language),
    waiting > later && t("job.waiting", say(waiting - later, language)),
    later > 0 && t("job.later", say(later, language)),
  ].filter((part) => part !== false);
  const cancelled = state === "cancelled" ? `${t("job.cancelled")}. ` : "";
  const rest = parts.length > 0 ? ` ${parts.join(", ")}.` : "";
  return `${cancelled}${t("job.imported", say(imported, language))}${rest}`;
}

function goneText(gone: readonly { code: GoneCode; count: number }[], t: TFunction, language: string) {
  const total = gone.reduce((sum, { count }) => sum + count, 0);
  const reasons = gone.map(({ code, count }) =>
    gone.length === 1 ? t(`reasons.${code}`) : `${say(count, language).formatted} ${t(`reasons.${code}`)}`,
  );
  return `${t("job.unavailable", say(total, language))} (${reasons.join(", ")})`;
}

/** Imports, newest first: a list's answer with the stream's words on top (which absorb newer answers). */
export function withStreamed(jobs: readonly ImportJob[], streamed: readonly ImportJob[]): ImportJob[] {
  const byId = new Map([...jobs, ...streamed].map((job) => [job.id, job]));
  return [...byId.values()].sort((a, b) => b.created_at.localeCompare(a.created_at));
}
