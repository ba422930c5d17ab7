import { describe, expect, it } from "vitest";
import { findWords, pieces, searchText } from "./findWords";

const lines = [
  { text: "Für die Küste war ein Feuer alles," },
  { text: "und  ein Feuer am falschen Hügel" },
  { text: "das Ende. 🔥 Feuer!" },
];
const text = searchText(lines);
const marked = (query: string) => {
  const { matches, marks } = findWords(text, query);
  const words = marks.map(({ line, from, to, match }) => [match, lines[line]?.text.slice(from, to)]);
  return { lines: matches, words };
};

describe("the search in a transcript", () => {
  it("finds every place, whatever the case", () => {
    expect(marked("FEUER")).toEqual({
      lines: [0, 1, 2],
      words: [
        [0, "Feuer"],
        [1, "Feuer"],
        [2, "Feuer"],
      ],
    });
  });

  it("needs no accents, and marks them all the same", () => {
    expect(marked("kuste fur")).toEqual({ lines: [], words: [] });
    expect(marked("kuste").words).toEqual([[0, "Küste"]]);
    expect(marked("HÜGEL").words).toEqual([[0, "Hügel"]]);
  });

  it("finds what runs on from one line into the next", () => {
    expect(marked("hügel das ende").words).toEqual([
      [0, "Hügel"],
      [0, "das Ende"],
    ]);
    expect(marked("alles, und ein").lines).toEqual([0]);
  });

  it("finds nothing of nothing, nor of spaces", () => {
    expect(marked("")).toEqual({ lines: [], words: [] });
    expect(marked("  ")).toEqual({ lines: [], words: [] });
    expect(findWords(searchText([]), "a").matches).toEqual([]);
  });

  it("gives a line back whole, in pieces", () => {
    for (const query of ["feuer", "e", "hügel das", "alles, und", "🔥", "d"]) {
      const { marks } = findWords(text, query);
      lines.forEach((line, index) => {
        const parts = pieces(
          line.text,
          marks.filter((mark) => mark.line === index),
        );
        expect(parts.map((part) => part.text).join(""), query).toBe(line.text);
      });
    }
  });
});
