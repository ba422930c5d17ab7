import type { Cue } from "@/types/video";

/** Where a word stands in its line. */
export interface WordPlace {
  from: number;
  to: number;
}

/** No word is longer; a line may be a megabyte. */
const LONGEST_WORD = 200;

/** Knows words also where no spaces are between them. */
const words = new Intl.Segmenter(undefined, { granularity: "word" });

/** The word at a place of a line, or the one before it; null between words. */
export function wordAt(text: string, at: number): WordPlace | null {
  return wordStanding(text, at) ?? wordStanding(text, at - 1);
}

function wordStanding(text: string, at: number): WordPlace | null {
  if (at < 0 || at >= text.length) return null;
  const start = Math.max(0, at - LONGEST_WORD);
  const found = words.segment(text.slice(start, at + LONGEST_WORD)).containing(at - start);
  if (!found?.isWordLike) return null;
  return { from: start + found.index, to: start + found.index + found.segment.length };
}

/**
 * About when a word is said: captions have a time for each line, and a line is said at an even pace.
 *
 * @param nextStart When the next line begins, in seconds; automatic captions stay on the screen beyond that.
 */
export function timeOfWord(cue: Cue, from: number, nextStart: number | null): number {
  const end =
    nextStart !== null && nextStart > cue.start_seconds
      ? Math.min(cue.end_seconds, nextStart)
      : cue.end_seconds;
  const length = Math.max(1, cue.text.length);
  const share = Math.min(1, Math.max(0, from / length));
  return Math.round((cue.start_seconds + Math.max(0, end - cue.start_seconds) * share) * 100) / 100;
}
