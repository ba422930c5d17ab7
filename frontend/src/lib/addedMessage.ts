import type { TFunction } from "i18next";
import type { ImportCounts } from "@/types/video";
import { number } from "./format";

/**
 * "47 videos added. 3 were already there. 1 other line had no video link." Only what is not zero. Text around
 * the links is no failure, so the last part only says that it was there.
 */
export function addedMessage(counts: ImportCounts, t: TFunction, language: string): string {
  const parts: string[] = [];
  if (counts.new > 0) parts.push(t("added.new", say(counts.new, language)));
  else if (counts.playlist === 0) parts.push(t("added.none"));
  if (counts.duplicate > 0) parts.push(t("added.duplicate", say(counts.duplicate, language)));
  if (counts.repeated > 0) parts.push(t("added.repeated", say(counts.repeated, language)));
  if (counts.playlist > 0) parts.push(t("added.playlist", say(counts.playlist, language)));
  if (counts.rejected > 0) parts.push(t("added.rejected", say(counts.rejected, language)));
  return parts.join(" ");
}

/** The plural's count and how it is written: 1,000 or 1.000. */
export function say(count: number, language: string): { count: number; formatted: string } {
  return { count, formatted: number(count, language) };
}
