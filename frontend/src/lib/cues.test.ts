import { describe, expect, it } from "vitest";
import { cueTextAt, indexAt, parseStartTime } from "./cues";

const cues = [
  { start_seconds: 1, end_seconds: 3, text: "one" },
  { start_seconds: 3, end_seconds: 5, text: "two" },
  { start_seconds: 20, end_seconds: 22, text: "three" },
];

describe("following the time", () => {
  it.each([
    [0, -1],
    [0.9, -1],
    [1, 0],
    [2.96, 1],
    [3, 1],
    [12, 1],
    [20, 2],
    [9999, 2],
  ])("at %d s the line is %i", (seconds, index) => {
    expect(indexAt(cues, seconds)).toBe(index);
  });

  it("has no line before the first and none in nothing", () => {
    expect(indexAt([], 5)).toBe(-1);
    expect(cueTextAt(cues, 0)).toBe("");
    expect(cueTextAt([], 3)).toBe("");
  });

  it("shows the line while it is spoken and clears it in a silence", () => {
    expect(cueTextAt(cues, 4)).toBe("two");
    expect(cueTextAt(cues, 5.3)).toBe("two");
    expect(cueTextAt(cues, 9)).toBe("");
    expect(cueTextAt(cues, 21)).toBe("three");
  });

  it.each([
    [null, null],
    ["", null],
    ["90", 90],
    ["90s", 90],
    ["1m30s", 90],
    ["1h2m3s", 3723],
    ["2m", 120],
    ["soon", null],
  ])("reads ?t=%s as %s", (text, seconds) => {
    expect(parseStartTime(text)).toBe(seconds);
  });
});
