import { describe, expect, it } from "vitest";
import { i18n } from "./i18n";
import "./i18n/search";
import { dateOptions, durationOptions, filterValue, languageName, type Wording } from "./searchWords";

const english: Wording = { t: i18n.t, language: "en", lists: [{ id: "l1", name: "Watch later" }] };

describe("the words of a filter", () => {
  it("are those a person would say", () => {
    expect(filterValue("list", { list_id: "l1" }, english)).toBe("Watch later");
    expect(filterValue("list", { list_id: "l2" }, english)).toBe("A list that is gone");
    expect(filterValue("language", { language: "de" }, english)).toBe("German");
    expect(filterValue("source", { captions_source: "whisper" }, english)).toBe("Made from the sound");
    expect(filterValue("channel", {}, english)).toBe("");
  });

  it("name a year as a year, and else the days it is between", () => {
    const date = (published_after?: string, published_before?: string) =>
      filterValue(
        "date",
        { ...(published_after && { published_after }), ...(published_before && { published_before }) },
        english,
      );
    expect(date("2025-01-01", "2025-12-31")).toBe("2025");
    expect(date("2025-03-03", "2025-04-05")).toBe("Mar 3, 2025 – Apr 5, 2025");
    expect(date("2025-03-03")).toBe("since Mar 3, 2025");
    expect(date(undefined, "2025-03-03")).toBe("until Mar 3, 2025");
  });

  it("say lengths in minutes, and to the second where they are no whole ones", () => {
    const length = (min: number | null, max: number | null) =>
      filterValue(
        "duration",
        {
          ...(min !== null && { min_duration_seconds: min }),
          ...(max !== null && { max_duration_seconds: max }),
        },
        english,
      );
    expect(length(300, 1200)).toBe("5 to 20 min");
    expect(length(3600, null)).toBe("Over 60 min");
    expect(length(5, 10)).toBe("0:05 to 0:10");
    expect(length(100, 500)).toBe("1:40 to 8:20");
    expect(length(60, 3725)).toBe("1:00 to 1:02:05");
    expect(length(null, 90)).toBe("Under 1:30");
    expect(length(null, null)).toBe("");
  });

  it("offer what the chip then says", () => {
    for (const { label, filters } of durationOptions(english)) {
      expect(filterValue("duration", filters, english)).toBe(label);
    }
    const options = dateOptions(english, new Date(2026, 2, 31));
    expect(options.map(({ label }) => label)).toEqual([
      "Last 30 days",
      "Last 12 months",
      "2026",
      "2025",
      "2024",
      "2023",
    ]);
    expect(options[0]?.filters).toEqual({ published_after: "2026-03-01" });
    expect(options[1]?.filters).toEqual({ published_after: "2025-03-31" });
  });

  it("show a language nobody has a name for as it is", () => {
    expect(languageName("x-y-z!", "en")).toBe("x-y-z!");
  });
});
