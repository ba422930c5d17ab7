import { describe, expect, it } from "vitest";
import { i18n } from "./i18n";
import { shownTitle } from "./shownTitle";

describe("what is written as a title", () => {
  it.each([
    ["A walk in the rain", "error", "A walk in the rain"],
    [null, "error", "dQw4w9WgXcQ"],
    ["", "error", "dQw4w9WgXcQ"],
    [null, "created", "Waiting for its title"],
    [null, "complete", "Untitled video"],
  ] as const)("of %j at stage %s is %s", (title, stage, words) => {
    expect(shownTitle(title, stage, "dQw4w9WgXcQ", i18n.t)).toBe(words);
  });
});
