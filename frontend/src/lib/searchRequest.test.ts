import { describe, expect, it } from "vitest";
import type { SearchRequest } from "@/types/search";
import {
  activeFilters,
  fromAddress,
  isAsked,
  isSame,
  joiningWord,
  NO_SEARCH,
  ofSaved,
  orderedDays,
  toAddress,
  waysOut,
  withFilter,
} from "./searchRequest";

const everything: SearchRequest = {
  query: 'fire "on a hill" -storm',
  filters: {
    list_id: "l1",
    channel: "Harbour & Light",
    tag: "sea",
    published_after: "2025-01-01",
    published_before: "2025-12-31",
    min_duration_seconds: 300,
    max_duration_seconds: 1200,
    language: "en",
    captions_source: "youtube_manual",
  },
  sort: "newest",
};
const asked = (query: string): SearchRequest => ({ ...NO_SEARCH, query });
const read = (address: string) => fromAddress(new URLSearchParams(address.split("?")[1]));

describe("the address of a search", () => {
  it("keeps all of it", () => {
    expect(read(toAddress(everything))).toEqual(everything);
    expect(toAddress(NO_SEARCH)).toBe("/search");
  });

  it("passes over what is no filter", () => {
    const odd = "/search?q=a&sort=best&after=2025-13-40&before=soon&min=-3&max=1e9&captions=me&list=";
    expect(read(odd)).toEqual(asked("a"));
  });

  it("is the same for the same search, however it was put together", () => {
    expect(isSame(read("/search?tag=sea&q=a%20&list=l1"), read("/search?list=l1&q=a&tag=sea"))).toBe(true);
    expect(isSame(asked("a"), { ...asked("a"), sort: "newest" })).toBe(false);
  });
});

describe("days the wrong way round", () => {
  it("are the days between them all the same", () => {
    const days = { published_after: "2025-01-01", published_before: "2026-02-03" };
    expect(read("/search?after=2026-02-03&before=2025-01-01").filters).toEqual(days);
    expect(orderedDays(days)).toBe(days);
    expect(orderedDays({ published_after: "2026-01-01" })).toEqual({ published_after: "2026-01-01" });
  });
});

describe("lengths the wrong way round", () => {
  it("are the lengths between them, in an address and in a kept search", () => {
    const lengths = { min_duration_seconds: 100, max_duration_seconds: 500 };
    expect(read("/search?min=500&max=100").filters).toEqual(lengths);
    const filters = { min_duration_seconds: 500, max_duration_seconds: 100 };
    expect(ofSaved({ query: "", filters, sort: "newest" }).filters).toEqual(lengths);
    expect(read("/search?min=500").filters).toEqual({ min_duration_seconds: 500 });
    expect(read("/search?min=10&max=0").filters).toEqual({
      min_duration_seconds: 0,
      max_duration_seconds: 10,
    });
  });
});

describe("a word that joins others elsewhere", () => {
  it.each([
    ["fire OR storm", "OR"],
    ["Feuer  ODER Sturm", "ODER"],
    ["a fire AND a hill", "AND"],
    ["fire or storm", null],
    ["OR", null],
    ["Portland OR", null],
    ["ORCHARD fire", null],
    ['"this OR nothing"', null],
    ['fire "this OR nothing" hill', null],
  ])("is seen between words only: %s", (query, word) => {
    expect(joiningWord(query)).toBe(word);
  });
});

describe("filters", () => {
  it("with two ends come and go as one", () => {
    const since = withFilter(everything, "date", { published_after: "2026-01-01" });
    expect(since.filters.published_before).toBeUndefined();
    expect(activeFilters(since.filters)).toContain("date");
    expect(activeFilters(withFilter(since, "date", null).filters)).not.toContain("date");
  });

  it("alone are something to look for", () => {
    expect(isAsked(asked("  "))).toBe(false);
    expect(isAsked(withFilter(NO_SEARCH, "list", { list_id: "l1" }))).toBe(true);
  });

  it("of a kept search may be null", () => {
    const saved = { query: "a", filters: { list_id: "l1", tag: null }, sort: "relevance" } as const;
    expect(ofSaved(saved)).toEqual({ query: "a", filters: { list_id: "l1" }, sort: "relevance" });
  });
});

describe("ways out of nothing", () => {
  it("drop one filter each, then all of them", () => {
    const search = { ...asked("a"), filters: { list_id: "l1", language: "de" } };
    expect(waysOut(search).map(({ kind, filter }) => filter ?? kind)).toEqual([
      "list",
      "language",
      "filters",
    ]);
  });

  it("take the quotes away, or what is excluded", () => {
    expect(waysOut(asked('"fire on a hill"'))).toMatchObject([
      { kind: "quotes", search: { query: "fire on a hill" } },
    ]);
    expect(waysOut(asked("fire -storm"))).toMatchObject([{ kind: "exclusions", search: { query: "fire" } }]);
    expect(waysOut(asked('fire -"wrong hill" sea'))).toMatchObject([
      { kind: "exclusions", search: { query: "fire sea" } },
    ]);
  });

  it("never lead to a search for nothing", () => {
    expect(waysOut(asked("-storm"))).toEqual([]);
    expect(waysOut(asked("well-known"))).toEqual([]);
    expect(waysOut(asked(""))).toEqual([]);
  });
});
