import type { TFunction } from "i18next";
import { nearestStep, rough } from "./duration";
import { timeOfDay } from "./format";

type Day = "today" | "tomorrow" | "date";

function dayOf(moment: Date, now: Date): Day {
  const midnight = (date: Date, add = 0) =>
    new Date(date.getFullYear(), date.getMonth(), date.getDate() + add).getTime();
  const day = midnight(moment);
  if (day === midnight(now)) return "today";
  return day === midnight(now, 1) ? "tomorrow" : "date";
}

const ANOTHER_YEAR_MS = 300 * 24 * 3600 * 1000;

function parts(iso: string, language: string, now: Date): { day: Day; time: string; date: string } {
  const moment = new Date(iso);
  const far = Math.abs(moment.getTime() - now.getTime()) > ANOTHER_YEAR_MS;
  const date = new Intl.DateTimeFormat(language, {
    day: "numeric",
    month: "short",
    ...(far && { year: "numeric" }),
  }).format(moment);
  return { day: dayOf(moment, now), time: timeOfDay(iso, language), date };
}

/** "at 18:00", "tomorrow at 18:00", "on 5 Dec, 18:00": to stand behind a verb or a noun. */
export function atTime(iso: string, t: TFunction, language: string, now: Date): string {
  const { day, ...names } = parts(iso, language, now);
  return t(`when.at_${day}`, names);
}

/** "18:00", "tomorrow, 18:00", "5 Dec, 18:00": to stand for itself. */
export function momentOf(iso: string, t: TFunction, language: string, now: Date): string {
  const { day, ...names } = parts(iso, language, now);
  return t(`when.until_${day}`, names);
}

const AGO = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
] as const;

/** "2 hours ago", "yesterday", in the browser's own words; null for what has only just been. */
export function agoOf(iso: string, language: string, now: Date): string | null {
  const seconds = (now.getTime() - new Date(iso).getTime()) / 1000;
  const [unit, length] = AGO.find(([, length]) => seconds >= length) ?? [null, 1];
  if (unit === null) return null;
  return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(
    -Math.floor(seconds / length),
    unit,
  );
}

/** The same to stand behind "until". */
export function untilTime(iso: string, t: TFunction, language: string, now: Date): string {
  // A full minute, rounded up: "until 14:20" must not be said when it is 14:20 already.
  const minute = new Date(Math.ceil(new Date(iso).getTime() / MINUTE_MS) * MINUTE_MS).toISOString();
  return momentOf(minute, t, language, now);
}

const MINUTE_MS = 60_000;

/** Below this a clock time says enough. */
const FEW_MINUTES = 4 * 60;

/** "in about 20 minutes"; null where that is only a few, or nobody knows. */
export function inAbout(iso: string | null, t: TFunction, now: Date): string | null {
  if (iso === null) return null;
  const seconds = (new Date(iso).getTime() - now.getTime()) / 1000;
  if (seconds < FEW_MINUTES) return null;
  const { unit, count } = rough(nearestStep(seconds));
  return t(`when.in_${unit}`, { count });
}
