import type { TFunction } from "i18next";
import type { Follow } from "@/types/video";
import { agoOf, atTime } from "./when";

/** What people are offered; another interval that a tool has set is shown beside them. */
export const INTERVALS_HOURS = [1, 6, 24, 168] as const;

export function intervalWords(hours: number, t: TFunction): string {
  if (hours === 24) return t("follow.daily");
  if (hours === 168) return t("follow.weekly");
  return t("follow.hours", { count: hours });
}

/** Its title; before the first look its address without what all of them have in common. */
export function followName({ title, url }: Follow): string {
  return title ?? decoded(url.replace(/^https?:\/\/(www\.|m\.)?/, ""));
}

function decoded(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}

/** "checked 2 hours ago · next at 14:20". */
export function followTimes(follow: Follow, t: TFunction, language: string, now: Date): string {
  if (follow.is_checking) return t("follow.checking");
  const { checked_at, next_check_at } = follow;
  const ago = checked_at && (agoOf(checked_at, language, now) ?? t("follow.justNow"));
  const due = Date.parse(next_check_at) <= now.getTime() + 30_000;
  const next = due ? t("follow.soon") : t("follow.next", { at: atTime(next_check_at, t, language, now) });
  return `${ago ? t("follow.checked", { ago }) : t("follow.never")} · ${next}`;
}

/** What a failed look means and what can be done; null where nothing failed. */
export function followTrouble({ reason_code }: Follow, t: TFunction): string | null {
  switch (reason_code) {
    case null:
      return null;
    case "playlist_unavailable":
    case "playlist_empty":
      return t(`follow.why_${reason_code}`);
    default:
      return t("follow.why_playlist_failed");
  }
}
