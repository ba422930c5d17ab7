import type { Mark } from "./findWords";

/** More letters of one line than anybody reads in one breath: the rest is shown when it is asked for. */
export const LONG_LINE = 1500;
/** What is asked for comes in parts of this size. */
export const MORE_OF_LINE = 5000;
const BEFORE_MATCH = 200;

/** What of a line is shown: all of it, or of a very long one the part around what is looked at. */
export function shownPart(
  length: number,
  asked: number,
  marks: readonly Mark[],
  match: number,
): { from: number; to: number } {
  if (length <= LONG_LINE + asked) return { from: 0, to: length };
  const looked = marks.find((mark) => mark.match === match);
  const from = looked && looked.to > LONG_LINE + asked ? Math.max(0, looked.from - BEFORE_MATCH) : 0;
  return { from, to: Math.min(length, from + LONG_LINE + asked) };
}

/** The marks of a part of a line, counted from its beginning. */
export function marksWithin(marks: readonly Mark[], from: number, to: number): Mark[] {
  return marks
    .filter((mark) => mark.to > from && mark.from < to)
    .map((mark) => ({ ...mark, from: Math.max(from, mark.from) - from, to: Math.min(to, mark.to) - from }));
}

const LETTERS_PER_ROW = 42;
const ROW_HEIGHT = 22;
const LINE_PADDING = 12;

/** About how high lines will be that are not drawn yet, in pixels. */
export function roughHeight(cues: readonly { text: string }[], start: number, count: number): number {
  let height = 0;
  for (let line = start; line < Math.min(cues.length, start + count); line += 1) {
    const letters = Math.min(LONG_LINE, cues[line]?.text.length ?? 0);
    height += LINE_PADDING + ROW_HEIGHT * Math.max(1, Math.ceil(letters / LETTERS_PER_ROW));
  }
  return height;
}
