import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import "@/lib/i18n/search";
import { aVideo } from "@tests/factories";
import { renderWithApp } from "@tests/render";
import type { SearchHit, SearchResult } from "@/types/search";
import { ResultItem } from "./ResultItem";

const hit = (start_seconds: number, text = `said at ${start_seconds}`): SearchHit => ({
  start_seconds,
  kind: "captions",
  parts: [{ text, marked: false }],
});

function show(changes: Partial<SearchResult>, alone = false, listName: string | null = null) {
  const result: SearchResult = {
    video: aVideo({ id: "v1" }),
    title_parts: [{ text: "A walk in the rain", marked: false }],
    channel_parts: [],
    description_parts: null,
    hits: [],
    hit_count: 0,
    ...changes,
  };
  const nothing = () => {};
  return renderWithApp(
    <ResultItem
      result={result}
      query="rain & sea"
      from={{ search: "/search" }}
      alone={alone}
      onOpen={nothing}
      onTag={nothing}
      listName={listName}
    />,
  );
}
const times = () =>
  screen.queryAllByRole("link", { name: /^\d+:\d\d/ }).map((link) => link.getAttribute("href"));

describe("a result", () => {
  it("leads to the very second, with what was looked for", () => {
    show({ hits: [hit(83.4), hit(7.1999999)], hit_count: 2 });
    expect(times()).toEqual(["/videos/v1?t=83.4&q=rain+%26+sea", "/videos/v1?t=7.2&q=rain+%26+sea"]);
  });

  it("shows three moments and counts the others, unless it is one more or the only result", () => {
    const hits = [1, 2, 3, 4, 5].map((second) => hit(second));
    const { unmount } = show({ hits: hits.slice(0, 4), hit_count: 4 });
    expect(times()).toHaveLength(4);
    unmount();
    const second = show({ hits, hit_count: 17 });
    expect(times()).toHaveLength(3);
    const others = screen.getByRole("link", { name: "14 more moments in this video" });
    expect(others.getAttribute("href")).toBe("/videos/v1?q=rain+%26+sea");
    second.unmount();
    show({ hits, hit_count: 17 }, true);
    expect(times()).toHaveLength(5);
    expect(screen.getByRole("link", { name: "12 more moments in this video" })).toBeTruthy();
  });

  it("found by its title alone fills no search in its transcript", () => {
    show({ title_parts: [{ text: "Rain", marked: true }] });
    expect(screen.getByRole("link", { name: "Rain" }).getAttribute("href")).toBe("/videos/v1");
  });

  it("names its list where there may be another one with the same video", () => {
    const { unmount } = show({}, false, "Summer");
    expect(screen.getByTitle("Summer").textContent).toBe("in Summer");
    unmount();
    show({});
    expect(screen.queryByText(/^in$/)).toBeNull();
  });

  it("says of a chapter that it is one, and what a video without a title is called", () => {
    show({ hits: [{ ...hit(60, "The sea"), kind: "chapter" }], hit_count: 1, title_parts: [] });
    expect(screen.getByRole("link", { name: /Chapter:\s*The sea$/ })).toBeTruthy();
    expect(screen.getByRole("link", { name: "Untitled video" })).toBeTruthy();
  });
});
