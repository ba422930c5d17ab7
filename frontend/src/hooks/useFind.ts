import { useDeferredValue, useMemo, useState } from "react";
import { findTerms } from "@/lib/findTerms";
import {
  type Found,
  findWords,
  type Mark,
  NOTHING_FOUND,
  type SearchText,
  searchText,
} from "@/lib/findWords";
import type { Cue } from "@/types/video";

/** Lines of a transcript are drawn in blocks of so many; marks come by block, so that others are not drawn anew. */
export const BLOCK = 40;

export interface Find {
  query: string;
  setQuery: (query: string) => void;
  found: Found;
  /** The match that is looked at; -1 if there is none. */
  at: number;
  /** Somebody searches here; the query of a link alone does not move anything. */
  byHand: boolean;
  /** Around the end to the beginning, and back. */
  step: (by: 1 | -1) => void;
  /** What is found in the lines from `start` on, by line; the same array until something else is found. */
  marksOf: (start: number) => readonly Mark[];
}

const NO_MARKS: readonly Mark[] = [];

/**
 * The search in a transcript.
 *
 * @param now The line that is spoken: the first match from there on is looked at first.
 * @param linked What was searched for on the way here: found by its words, as the search finds them.
 */
export function useFind(cues: readonly Cue[], now: () => number, linked: string): Find {
  const [query, setQueryNow] = useState(linked);
  const [chosen, setChosen] = useState<{ query: string; at: number } | null>(null);
  const wanted = useDeferredValue(query);
  const searching = wanted.trim() !== "";
  // A long transcript is folded when somebody searches it, not before.
  const text = useMemo(() => (searching ? searchText(cues) : null), [searching, cues]);
  const found = useMemo(
    () => (text ? search(text, wanted, wanted === linked) : NOTHING_FOUND),
    [text, wanted, linked],
  );
  const blocks = useMemo(() => {
    const byBlock = new Map<number, Mark[]>();
    for (const mark of found.marks) {
      const start = mark.line - (mark.line % BLOCK);
      const marks = byBlock.get(start);
      if (marks) marks.push(mark);
      else byBlock.set(start, [mark]);
    }
    return byBlock;
  }, [found]);

  const count = found.matches.length;
  const [first, setFirst] = useState<{ found: Found; at: number }>({ found: NOTHING_FOUND, at: -1 });
  if (first.found !== found) {
    const line = now();
    const ahead = found.matches.findIndex((match) => match >= line);
    setFirst({ found, at: count === 0 ? -1 : Math.max(0, ahead) });
  }
  const isChosen = chosen?.query === wanted && count > 0;
  const at = isChosen ? Math.min(chosen.at, count - 1) : first.at;

  return {
    query,
    setQuery: setQueryNow,
    found,
    at: Math.min(at, count - 1),
    byHand: isChosen || wanted !== linked,
    step: (by) => count > 0 && setChosen({ query: wanted, at: (at + by + count) % count }),
    marksOf: (start) => blocks.get(start) ?? NO_MARKS,
  };
}

/** As it is typed, it is found as it stands; as a query of the search, or where it stands nowhere, by its words. */
function search(text: SearchText, query: string, byWords: boolean): Found {
  const asItStands = byWords ? NOTHING_FOUND : findWords(text, query);
  return asItStands.matches.length > 0 ? asItStands : findTerms(text, query);
}
