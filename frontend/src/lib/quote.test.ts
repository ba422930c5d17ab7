import { describe, expect, it } from "vitest";
import { ownLink, quoteOf, watchUrl, youtubeLink } from "./quote";

describe("a quote", () => {
  const quote = {
    text: "A fire on a hill\n was all",
    title: "Lighthouses",
    channel: "Harbour Light",
    youtubeId: "dQw4w9WgXcQ",
    seconds: 62.9,
    marks: ["„", "“"],
  } as const;

  it("says what was said, where and when, and leads there", () => {
    expect(quoteOf(quote)).toBe(
      "„A fire on a hill was all“\nLighthouses, Harbour Light, 1:02\nhttps://youtu.be/dQw4w9WgXcQ?t=62",
    );
    expect(quoteOf({ ...quote, channel: null })).toContain("Lighthouses, 1:02");
  });

  it("has links that keep odd ids to themselves", () => {
    expect(youtubeLink({ youtubeId: "a&b", seconds: 0 })).toBe("https://youtu.be/a%26b?t=0");
    expect(ownLink("http://here", { videoId: "v1", seconds: 3.9 })).toBe("http://here/videos/v1?t=3");
    expect(watchUrl("abc")).toBe("https://www.youtube.com/watch?v=abc");
    expect(watchUrl("abc", 61.5)).toBe("https://www.youtube.com/watch?v=abc&t=61s");
  });
});
