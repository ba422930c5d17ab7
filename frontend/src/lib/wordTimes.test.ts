import { describe, expect, it } from "vitest";
import { timeOfWord, wordAt } from "./wordTimes";

describe("words of a line", () => {
  it("are found from any of their letters, and from just behind them", () => {
    expect(wordAt("put the fire out", 9)).toEqual({ from: 8, to: 12 });
    expect(wordAt("put the fire out", 16)).toEqual({ from: 13, to: 16 });
    expect(wordAt("put  the", 4)).toBeNull();
    expect(wordAt("", 0)).toBeNull();
  });

  it("are found where no spaces are between them, and in a line of a megabyte", () => {
    const place = wordAt("灯台は海を照らす", 3);
    expect(place && "灯台は海を照らす".slice(place.from, place.to)).toBe("海");
    expect(wordAt("x".repeat(1_000_000), 500_000)).not.toBeNull();
  });

  it("are said at an even pace, before the next line begins", () => {
    const cue = { start_seconds: 10, end_seconds: 20, text: "0123456789" };
    expect(timeOfWord(cue, 0, null)).toBe(10);
    expect(timeOfWord(cue, 5, null)).toBe(15);
    expect(timeOfWord(cue, 5, 14)).toBe(12);
    expect(timeOfWord({ ...cue, text: "" }, 0, null)).toBe(10);
    expect(timeOfWord({ ...cue, end_seconds: 5 }, 5, null)).toBe(10);
  });
});
