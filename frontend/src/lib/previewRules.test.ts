import { describe, expect, it } from "vitest";
import type { Preview } from "@/types/video";
import { isSmall, textNeedsPreview } from "./previewRules";

const links = (count: number) =>
  Array.from({ length: count }, (_, n) => `https://youtu.be/aaaaaaaaa${10 + n}`).join(" and ");

describe("what needs a preview", () => {
  it("is more than five different videos", () => {
    expect(textNeedsPreview(links(5))).toBe(false);
    expect(textNeedsPreview(`${links(5)} ${links(5)}`)).toBe(false);
    expect(textNeedsPreview(links(6))).toBe(true);
  });

  it.each([
    "https://www.youtube.com/playlist?list=PLrAXtmErZgOeiKm4sgNOknGvNjby9efdf",
    "https://m.youtube.com/playlist?app=desktop&list=WL",
    "https://www.youtube.com/@somebody/videos",
    "youtube.com/channel/UCabcdefghijklmnopqrstuv",
    "https://youtube.com/c/name",
    "https://youtube.com/user/name",
  ])("is a playlist or channel: %s", (link) => {
    expect(textNeedsPreview(link)).toBe(true);
    expect(textNeedsPreview(`${links(1)} ${link}`)).toBe(true);
  });

  it("is not a video that plays in a playlist", () => {
    expect(textNeedsPreview("https://www.youtube.com/watch?v=dQw4w9WgXcQ&list=PLabc&index=3")).toBe(false);
  });

  it("is a long text without a link, but not a short one", () => {
    expect(textNeedsPreview("nothing to see here")).toBe(false);
    expect(textNeedsPreview("nothing to see here\n".repeat(200))).toBe(true);
  });
});

describe("a small file", () => {
  const small = (changes: Partial<Preview> = {}): Preview => ({
    format: "shortcut",
    counts: { new: 1, duplicate: 0, repeated: 0, rejected: 0, playlist: 0 },
    groups: [],
    items: [
      { position: 0, line: 1, text: "", youtube_id: "x", verdict: "new", reason_code: null, group: null },
    ],
    ...changes,
  });

  it("goes in without a question; a playlist, many lines or nothing at all do not", () => {
    expect(isSmall(small())).toBe(true);
    const counts = { new: 0, duplicate: 0, repeated: 0, rejected: 0, playlist: 0 };
    expect(isSmall(small({ counts: { ...counts, new: 1, playlist: 1 } }))).toBe(false);
    expect(isSmall(small({ counts: { ...counts, rejected: 1 } }))).toBe(false);
    const [item] = small().items;
    expect(isSmall(small({ items: item ? Array.from({ length: 6 }, () => item) : [] }))).toBe(false);
  });
});
