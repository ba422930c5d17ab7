import { describe, expect, it } from "vitest";
import { queryLink } from "./queryLink";

const ID = "dQw4w9WgXcQ";

describe("a search for a link", () => {
  it.each([
    `https://www.youtube.com/watch?v=${ID}`,
    ` https://youtu.be/${ID}?si=x `,
    `youtube.com/shorts/${ID}`,
    `https://www.youtube.com/live/${ID}`,
    `https://www.youtube-nocookie.com/embed/${ID}`,
    `https://www.youtube.com/watch?v=${ID}&list=PLabcdefghijk`,
  ])("is one for a video: %s", (query) => {
    expect(queryLink(query)).toBe("video");
  });

  it.each(["https://www.youtube.com/playlist?list=PLabcdefghijk", "https://www.youtube.com/@someone"])(
    "is one for many videos: %s",
    (query) => {
      expect(queryLink(query)).toBe("many");
    },
  );

  it.each(["", ID, "MacBookPro1", "and/or", `see https://youtu.be/${ID}`, "https://vimeo.com/12345678901"])(
    "is none: %s",
    (query) => {
      expect(queryLink(query)).toBeNull();
    },
  );
});
