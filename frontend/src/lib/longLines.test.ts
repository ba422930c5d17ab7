import { describe, expect, it } from "vitest";
import { LONG_LINE, MORE_OF_LINE, marksWithin, roughHeight, shownPart } from "./longLines";

const mark = (from: number, match = 0) => ({ line: 0, from, to: from + 6, match });

describe("a very long line", () => {
  it("is shown in part, more of it when that is asked for", () => {
    expect(shownPart(100, 0, [], -1)).toEqual({ from: 0, to: 100 });
    expect(shownPart(1_000_000, 0, [], -1)).toEqual({ from: 0, to: LONG_LINE });
    expect(shownPart(1_000_000, MORE_OF_LINE, [], -1)).toEqual({ from: 0, to: LONG_LINE + MORE_OF_LINE });
    expect(shownPart(LONG_LINE + 10, MORE_OF_LINE, [], -1)).toEqual({ from: 0, to: LONG_LINE + 10 });
  });

  it("is shown around what is looked at", () => {
    const { from, to } = shownPart(1_000_000, 0, [mark(10), mark(900_000, 1)], 1);
    expect(from).toBeLessThan(900_000);
    expect(to).toBeGreaterThan(900_006);
    expect(to - from).toBe(LONG_LINE);
    expect(shownPart(1_000_000, 0, [mark(10), mark(900_000, 1)], 0).from).toBe(0);
  });

  it("keeps its marks where their words are", () => {
    expect(marksWithin([mark(0), mark(98), mark(150), mark(300)], 100, 200)).toEqual([
      { line: 0, from: 0, to: 4, match: 0 },
      { line: 0, from: 50, to: 56, match: 0 },
    ]);
  });

  it("is not guessed to be as high as a house", () => {
    const lines = [{ text: "short" }, { text: "x".repeat(1_000_000) }];
    expect(roughHeight(lines, 0, 40)).toBeLessThan(2000);
    expect(roughHeight(lines, 0, 1)).toBe(34);
  });
});
