/** Finding words in a transcript, whatever their case and accents, also across the ends of its lines. All pure. */

export interface SearchText {
  /** Everything that is said, folded, its lines joined by spaces. */
  folded: string;
  /** Where each letter of it stands: the line, and the letter within it. */
  line: Uint32Array;
  letter: Uint32Array;
}

const MARKS = /\p{M}+/gu;

export const fold = (text: string) => text.normalize("NFD").replace(MARKS, "").toLowerCase();

/** Most letters are these: they are folded by a glance. A megabyte of text must not be felt. */
const isPlain = (code: number) => code > 32 && code < 127;

export function searchText(lines: readonly { text: string }[]): SearchText {
  const folded: string[] = [];
  const line: number[] = [];
  const letter: number[] = [];
  const add = (text: string, atLine: number, atLetter: number) => {
    for (const unit of text.split("")) {
      // A letter that has become a space, or several of them, is one space.
      const space = /\s/.test(unit);
      if (space && (folded.length === 0 || folded.at(-1) === " ")) continue;
      folded.push(space ? " " : unit);
      line.push(atLine);
      letter.push(atLetter);
    }
  };
  lines.forEach(({ text }, atLine) => {
    let at = 0;
    for (const sign of text) {
      if (sign.length === 1 && isPlain(sign.charCodeAt(0))) {
        folded.push(sign.toLowerCase());
        line.push(atLine);
        letter.push(at);
      } else {
        add(fold(sign), atLine, at);
      }
      at += sign.length;
    }
    add(" ", atLine, at);
  });
  return { folded: folded.join(""), line: Uint32Array.from(line), letter: Uint32Array.from(letter) };
}

/** A part of a line that is found; a match that runs on into the next line has two. */
export interface Mark {
  line: number;
  from: number;
  to: number;
  /** Which of the matches it belongs to. */
  match: number;
}

export interface Found {
  /** The line each match begins in. */
  matches: number[];
  marks: Mark[];
}

export const NOTHING_FOUND: Found = { matches: [], marks: [] };

/** More than anybody steps through; the rest is left unmarked. */
export const MOST_MATCHES = 2000;

/** Everything that stands there just as it is asked for. */
export function findWords(text: SearchText, query: string): Found {
  const wanted = fold(query).replace(/\s+/g, " ").trim();
  if (wanted === "") return NOTHING_FOUND;
  const found: Found = { matches: [], marks: [] };
  let at = text.folded.indexOf(wanted);
  while (at >= 0 && found.matches.length < MOST_MATCHES) {
    addMatch(found, text, [{ from: at, to: at + wanted.length }]);
    at = text.folded.indexOf(wanted, at + wanted.length);
  }
  return found;
}

/** A match of one or several parts of the folded text, in their order. */
export function addMatch(
  found: Found,
  { line, letter }: SearchText,
  parts: readonly { from: number; to: number }[],
): void {
  const match = found.matches.length;
  found.matches.push(line[parts[0]?.from ?? 0] ?? 0);
  for (const { from, to } of parts) {
    const marks: Mark[] = [];
    for (let i = from; i < to; i += 1) extend(marks, line[i] ?? 0, letter[i] ?? 0, match);
    found.marks.push(...marks);
  }
}

function extend(marks: Mark[], line: number, letter: number, match: number): void {
  const last = marks.at(-1);
  if (last && last.match === match && last.line === line) last.to = letter + 1;
  else marks.push({ line, from: letter, to: letter + 1, match });
}

/** A line's text in pieces, those that are found with the number of their match. */
export function pieces(text: string, marks: readonly Mark[]): { text: string; match: number | null }[] {
  const result: { text: string; match: number | null }[] = [];
  let at = 0;
  for (const { from, to, match } of marks) {
    if (from > at) result.push({ text: text.slice(at, from), match: null });
    // The space that joins two lines stands behind the end of the first.
    if (from < text.length) result.push({ text: text.slice(from, to), match });
    at = to;
  }
  if (at < text.length) result.push({ text: text.slice(at), match: null });
  return result;
}
