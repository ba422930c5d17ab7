import { describe, expect, it } from "vitest";
import type { Follow } from "@/types/video";
import { followName, followTimes, followTrouble, intervalWords } from "./followText";
import { i18n } from "./i18n";
import "./i18n/tools";

const now = new Date("2026-03-01T12:00:00Z");
const inMinutes = (minutes: number) => new Date(now.getTime() + minutes * 60_000).toISOString();
const aFollow = (changes: Partial<Follow> = {}): Follow => ({
  list_id: "l",
  url: "https://www.youtube.com/@harbourlight",
  title: null,
  interval_hours: 6,
  checked_at: inMinutes(-125),
  next_check_at: inMinutes(235),
  is_checking: false,
  reason_code: null,
  ...changes,
});
const times = (changes: Partial<Follow>, language = "en") =>
  followTimes(aFollow(changes), i18n.getFixedT(language), language, now);

describe("what a list follows", () => {
  it("is called by its title, before that by its address without what all addresses have", () => {
    expect(followName(aFollow({ title: "Harbour Light" }))).toBe("Harbour Light");
    expect(followName(aFollow())).toBe("youtube.com/@harbourlight");
    expect(followName(aFollow({ url: "https://m.youtube.com/@K%C3%BCche" }))).toBe("youtube.com/@Küche");
    expect(followName(aFollow({ url: "https://youtube.com/%E0" }))).toBe("youtube.com/%E0");
  });

  it("says when it was looked at and when next, coarsely", () => {
    expect(times({})).toMatch(/^checked 2 hours ago · next at /);
    expect(times({}, "de")).toMatch(/^nachgesehen vor 2 Stunden · wieder um /);
    expect(times({ checked_at: inMinutes(-0.5) })).toMatch(/^checked just now · /);
    expect(times({ checked_at: inMinutes(-60 * 30) })).toMatch(/^checked yesterday · /);
    expect(times({ checked_at: null, next_check_at: inMinutes(-1) })).toBe(
      "not looked at yet · next in a moment",
    );
    expect(times({ is_checking: true })).toBe("looking now");
  });

  it("says of a failure what it means; an unknown one is tried again", () => {
    const t = i18n.getFixedT("en");
    expect(followTrouble(aFollow(), t)).toBeNull();
    expect(followTrouble(aFollow({ reason_code: "playlist_unavailable" }), t)).toMatch(/stop following\.$/);
    expect(followTrouble(aFollow({ reason_code: "no_link" }), t)).toMatch(/tried again by itself\.$/);
  });

  it("has an interval in words, also one that only a tool sets", () => {
    const words = [1, 6, 24, 168, 12].map((hours) => intervalWords(hours, i18n.getFixedT("en")));
    expect(words).toEqual(["Hourly", "Every 6 hours", "Daily", "Weekly", "Every 12 hours"]);
  });
});
