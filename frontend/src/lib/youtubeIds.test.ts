import { describe, expect, it } from "vitest";
import { findYoutubeIds, singleLink } from "./youtubeIds";

const ID = "dQw4w9WgXcQ";

describe("finding video ids for immediate tiles", () => {
  it.each([
    `https://www.youtube.com/watch?v=${ID}`,
    `http://youtube.com/watch?feature=share&v=${ID}&t=42s`,
    `https://m.youtube.com/watch?app=desktop&amp;v=${ID}`,
    `https://music.youtube.com/watch?v=${ID}&list=RDAMVM${ID}`,
    `https://youtu.be/${ID}?si=abcdefghijklmnop`,
    `https://www.youtube.com/shorts/${ID}`,
    `https://www.youtube.com/live/${ID}?feature=share`,
    `https://www.youtube-nocookie.com/embed/${ID}?start=3`,
    `youtube.com/v/${ID}`,
    `www.youtube.com/watch?v=${ID}#t=10`,
    `https://www.google.com/url?q=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3D${ID}&sa=D`,
    `https://www.google.com/url?q=https%3A%2F%2Fyoutu.be%2F${ID}&sa=D`,
    `<a href="https://youtu.be/${ID}">film</a>`,
    `(https://youtu.be/${ID})`,
    ID,
    `${ID},2023-04-05T10:00:00+00:00`,
    `"${ID}";"Titel"`,
  ])("finds it in %s", (text) => {
    expect(findYoutubeIds(text)).toEqual([ID]);
  });

  it.each([
    "",
    "just words, nothing else",
    "information",
    "Hello World",
    "https://vimeo.com/12345678901",
    `https://example.com/watch?v=${ID}`,
    `https://notyoutube.com/watch?v=${ID}`,
    "https://www.youtube.com/playlist?list=PLabcdefghijk",
    "https://www.youtube.com/@somechannel",
    `https://www.youtube.com/watch?v=${ID}TooLong`,
    "https://www.youtube.com/watch?v=short",
  ])("finds nothing in %s", (text) => {
    expect(findYoutubeIds(text)).toEqual([]);
  });

  it("finds each once, in the order of the text", () => {
    const text = `https://youtu.be/aaaaaaaaaa1 and https://youtu.be/bbbbbbbbbb2\r\nhttps://youtu.be/aaaaaaaaaa1`;
    expect(findYoutubeIds(text)).toEqual(["aaaaaaaaaa1", "bbbbbbbbbb2"]);
  });

  it("takes 10,000 links", () => {
    const ids = Array.from({ length: 10_000 }, (_, i) => `abc${String(i).padStart(8, "0")}`);
    const text = ids.map((id) => `https://www.youtube.com/watch?v=${id}&list=PL123`).join("\n");
    expect(findYoutubeIds(text)).toEqual(ids);
  });

  it("does not stall on a long line of almost-links", () => {
    const start = performance.now();
    findYoutubeIds("youtube.com/watch?".repeat(20_000));
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it("knows one link alone, to add it ahead of batches", () => {
    expect(singleLink(`  https://youtu.be/${ID}\n`)).toBe(`https://youtu.be/${ID}`);
    expect(singleLink(`look: https://youtu.be/${ID}`)).toBeNull();
    expect(singleLink("https://youtu.be/aaaaaaaaaa1 https://youtu.be/bbbbbbbbbb2")).toBeNull();
    expect(singleLink("https://www.youtube.com/playlist?list=PLabcdefghijk")).toBeNull();
  });
});
