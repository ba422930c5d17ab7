import type { TFunction } from "i18next";
import type { Lane } from "@/types/progress";
import { say } from "./addedMessage";
import type { LaneTotals } from "./laneChart";
import { untilTime } from "./when";

/** The lanes that are shown, in the order in which they are needed. Their names are never on the page. */
export const SHOWN_LANES = [
  "playlist",
  "oembed",
  "player",
  "timedtext",
  "thumbnail",
  "media",
  "groq",
] as const;

/** Shown only where captions are made from the sound at all. */
export const LANES_ON_DEMAND: ReadonlySet<string> = new Set(["media", "groq"]);

/** A chart in a sentence: "312 requests in the last hour, asked twice for patience, paused for 2 minutes." */
export function hourSentence(totals: LaneTotals, t: TFunction, language: string, allowed?: number): string {
  const { requests, throttled, failed, pausedSeconds } = totals;
  const minutes = Math.round(pausedSeconds / 60);
  const parts = [
    t("lanes.hour", say(requests, language)),
    throttled > 0 && t("lanes.throttled", say(throttled, language)),
    failed > 0 && t("lanes.failed", say(failed, language)),
    pausedSeconds > 0 &&
      (minutes < 1 ? t("lanes.pause_moments") : t("lanes.pause_minutes", { count: minutes })),
    allowed !== undefined && t("lanes.allowed", say(allowed, language)),
  ];
  return `${parts.filter((part) => part !== false).join(", ")}.`;
}

/** A lane's present state: "Paused until 14:20", "At normal pace". */
export function stateWords(lane: Lane, t: TFunction, language: string, now: Date): string {
  if (lane.state === "paused" && lane.resumes_at && new Date(lane.resumes_at) > now) {
    return t("lanes.state_pausedUntil", { until: untilTime(lane.resumes_at, t, language, now) });
  }
  return t(`lanes.state_${lane.state}`);
}
