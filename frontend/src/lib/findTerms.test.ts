import { describe, expect, it } from "vitest";
import { findTerms } from "./findTerms";
import { searchText } from "./findWords";

const lines = [
  "The keepers of a lighthouse light the fire",
  "every night, whatever the weather.",
  "Die Häuser an der Küste haben ihre Fenster",
  "zur See, das Haus des Wärters auch.",
  "灯台は海を照らす",
  "ובמגדל אור",
].map((text) => ({ text }));
const text = searchText(lines);
const found = (query: string) => {
  const { matches, marks } = findTerms(text, query);
  return matches.map((line, match) => [
    line,
    ...marks
      .filter((mark) => mark.match === match)
      .map((mark) => lines[mark.line]?.text.slice(mark.from, mark.to)),
  ]);
};

describe("a query of the search, found again in a transcript", () => {
  it("marks words that stand together, in any order and over the ends of lines", () => {
    expect(found("fire keepers")).toEqual([[0, "keepers", "fire"]]);
    expect(found("night fire")).toEqual([[0, "fire", "night"]]);
  });

  it("marks other forms of a word, and no longer words that begin like it", () => {
    expect(found("keeper")).toEqual([[0, "keepers"]]);
    expect(found("haus")).toEqual([
      [2, "Häuser"],
      [3, "Haus"],
    ]);
    expect(found("light")).toEqual([[0, "light"]]);
    expect(found("light*")).toEqual([
      [0, "lighthouse"],
      [0, "light"],
    ]);
  });

  it("takes phrases as they stand, also those whose end is missing", () => {
    expect(found('"light the fire"')).toEqual([[0, "light the fire"]]);
    expect(found('"the fire every')).toEqual([[0, "the fire", "every"]]);
    expect(found('"fire the light"')).toEqual([]);
  });

  it("passes over what is excluded, and finds nothing of nothing", () => {
    expect(found('keeper -weather -"the fire"')).toEqual([[0, "keepers"]]);
    expect(found('  ?! "" -')).toEqual([]);
  });

  it("marks the most of the words where not all of them are said", () => {
    expect(found("keepers of whales")).toEqual([[0, "keepers", "of"]]);
  });

  it("finds parts of words where words are joined", () => {
    expect(found("海")).toEqual([[4, "海"]]);
    expect(found("מגדל")).toEqual([[5, "מגדל"]]);
  });
});
