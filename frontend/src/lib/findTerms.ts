import { addMatch, type Found, fold, MOST_MATCHES, NOTHING_FOUND, type SearchText } from "./findWords";
import { isForm } from "./inflection";

/**
 * The words of a query of the search, found again in one transcript: words in any form, "phrases" as they stand,
 * beginnings*, without what is -excluded. A match is where they stand together.
 */
interface Term {
  /** Folded; several words are a phrase. */
  words: readonly string[];
  how: "form" | "beginning" | "phrase" | "anywhere";
}

const TOKEN = /[\p{L}\p{N}]+/gu;
/** Scripts that are found anywhere: they join words, or join things to words. */
const JOINED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Arabic}\p{Script=Hebrew}]/u;
const PIECE = /(-?)"([^"]*)"?|(\S+)/g;

export function termsOf(query: string): Term[] {
  const terms: Term[] = [];
  for (const [, minus, quoted, plain] of query.matchAll(PIECE)) {
    if (minus === "-" || (plain?.startsWith("-") && plain.length > 1)) continue;
    const words = fold(quoted ?? plain ?? "").match(TOKEN) ?? [];
    const [first] = words;
    if (first === undefined) continue;
    if (words.length > 1) terms.push({ words, how: "phrase" });
    else if (JOINED.test(first)) terms.push({ words, how: "anywhere" });
    else if (quoted !== undefined) terms.push({ words, how: "phrase" });
    else terms.push({ words, how: plain?.endsWith("*") ? "beginning" : "form" });
  }
  return terms;
}

interface Place {
  term: number;
  from: number;
  to: number;
  /** Counted in words from the beginning. */
  word: number;
}

/** Words this near to each other belong together: about three lines. */
const NEAR_WORDS = 30;

export function findTerms(text: SearchText, query: string): Found {
  const terms = termsOf(query);
  if (terms.length === 0) return NOTHING_FOUND;
  const places = placesOf(text.folded, terms);
  // Where all of them stand together; if that is nowhere, most of them.
  for (let wanted = terms.length; wanted > 0; wanted -= 1) {
    const groups = together(places, wanted);
    if (groups.length === 0) continue;
    const found: Found = { matches: [], marks: [] };
    for (const group of groups) addMatch(found, text, group);
    return found;
  }
  return NOTHING_FOUND;
}

function placesOf(folded: string, terms: readonly Term[]): Place[] {
  const places: Place[] = [];
  const tokens = [...folded.matchAll(TOKEN)];
  const known = new Map<string, number[]>();
  tokens.forEach((token, word) => {
    const [said] = token;
    let begun = known.get(said);
    if (!begun) {
      begun = terms.flatMap((term, index) => (begins(term, said) ? [index] : []));
      known.set(said, begun);
    }
    for (const index of begun) {
      const term = terms[index];
      if (term) places.push(...placesAt(tokens, word, term, index));
    }
  });
  return places;
}

function begins({ words: [first = ""], how }: Term, said: string): boolean {
  if (how === "form") return isForm(said, first);
  if (how === "beginning") return said.startsWith(first);
  return how === "anywhere" ? said.includes(first) : said === first;
}

function placesAt(
  tokens: readonly RegExpMatchArray[],
  word: number,
  { words, how }: Term,
  term: number,
): Place[] {
  const [said = ""] = tokens[word] ?? [];
  const from = tokens[word]?.index ?? 0;
  if (how === "anywhere") {
    const [wanted = ""] = words;
    const places: Place[] = [];
    for (let at = said.indexOf(wanted); at >= 0; at = said.indexOf(wanted, at + wanted.length)) {
      places.push({ term, from: from + at, to: from + at + wanted.length, word });
    }
    return places;
  }
  if (!words.every((wanted, i) => tokens[word + i]?.[0] === wanted) && how === "phrase") return [];
  const last = tokens[word + words.length - 1];
  return last ? [{ term, from, to: (last.index ?? 0) + last[0].length, word }] : [];
}

/** The shortest runs of places with `wanted` different terms, one after the other. */
function together(places: readonly Place[], wanted: number): Place[][] {
  const groups: Place[][] = [];
  let start = 0;
  const inside = new Map<number, number>();
  const leave = (place: Place | undefined) => {
    if (!place) return;
    const count = (inside.get(place.term) ?? 0) - 1;
    if (count > 0) inside.set(place.term, count);
    else inside.delete(place.term);
  };
  for (let end = 0; end < places.length && groups.length < MOST_MATCHES; end += 1) {
    const newest = places[end];
    if (!newest) continue;
    inside.set(newest.term, (inside.get(newest.term) ?? 0) + 1);
    while (newest.word - (places[start]?.word ?? 0) > NEAR_WORDS) leave(places[start++]);
    if (inside.size < wanted) continue;
    while (start < end && (inside.get(places[start]?.term ?? -1) ?? 0) > 1) leave(places[start++]);
    groups.push(places.slice(start, end + 1));
    inside.clear();
    start = end + 1;
  }
  return groups;
}
