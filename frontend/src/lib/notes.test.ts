import { describe, expect, it } from "vitest";
import { mergedNote } from "./notes";

describe("a note that was changed in two places", () => {
  it.each([
    ["only here", "sea", "sea and sky", "sea", "sea and sky"],
    ["only there", "sea", "sea", "sea and sky", "sea and sky"],
    ["alike in both", "sea", "sky", "sky", "sky"],
    ["in both", "", "mine", "theirs", "mine\n\ntheirs"],
    ["after the same beginning", "sea", "sea, mine", "sea\ntheirs", "sea, mine\n\ntheirs"],
    ["within a word there", "lamp", "lamp, mine", "lamps", "lamp, mine\n\nlamps"],
    ["away here", "sea", "", "sea\ntheirs", "theirs"],
    ["away there", "sea", "sea, mine", "", "sea, mine"],
    ["there to what is here too", "", "one\ntwo", "two", "one\ntwo"],
    ["there to a part of a word here", "", "a cat", "a", "a cat\n\na"],
  ])("%s", (_where, began, ours, theirs, kept) => {
    expect(mergedNote(began, ours, theirs)).toBe(kept);
  });

  it("is the same note for what only the server does to it", () => {
    expect(mergedNote("sea \r\nsky\0\n", "mine", "sea \nsky")).toBe("mine");
    expect(mergedNote("sea ", "sea and ", "sea")).toBe("sea and ");
  });
});
