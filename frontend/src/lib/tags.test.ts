import { describe, expect, it } from "vitest";
import { asTag, countTags, retagged, tagKey, tagState } from "./tags";

describe("tags", () => {
  it("are the same whatever their case and width", () => {
    expect(tagKey("KÜche")).toBe(tagKey("Küche"));
    expect(tagKey("ＡＢＣ")).toBe("abc");
  });

  it("are one line without the # in front", () => {
    expect(asTag("  ##zu \n Hause ")).toBe("zu Hause");
    expect(asTag("#")).toBe("");
    expect(asTag("#\u2060 \u3164")).toBe("");
    expect(asTag("x".repeat(99))).toHaveLength(60);
  });

  it("are added and taken away without doubles, in alphabetical order", () => {
    expect(retagged(["b", "Alt"], { add: ["alt", "c", "C"], remove: ["B"] })).toEqual(["Alt", "c"]);
    expect(retagged([], { add: [], remove: ["x"] })).toEqual([]);
  });

  it("are counted, the most frequent first", () => {
    const videos = [{ tags: ["b", "a"] }, { tags: ["B"] }, { tags: [] }];
    expect(countTags(videos)).toEqual([
      { name: "b", count: 2 },
      { name: "a", count: 1 },
    ]);
  });

  it("are of all, some or none", () => {
    expect([tagState(0, 3), tagState(2, 3), tagState(3, 3)]).toEqual(["none", "some", "all"]);
  });
});
