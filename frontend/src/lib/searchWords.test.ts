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
