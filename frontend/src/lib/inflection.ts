/**
 * Whether two words are forms of one another, near enough to mark them in a text. The search itself knows stems;
 * this only shows what it found, without its word lists. Words come folded: small letters without accents.
 */

/** Endings of English, German, French and Spanish nouns, verbs and adjectives. */
const ENDINGS = new Set(
  " s es e en er ern ers em n ns nd t te ten ter tes ed d r ing ings ly a as o os i is ez ent ait aient ons ont ant ar an ado ada ando aba".split(
    " ",
  ),
);

/** What a stem of three letters may end with; with more, "the" would be a form of "then". */
const SHORT_ENDINGS = new Set(["s", "es", "ed", "er", "en", "ing"]);

const SHORTEST_STEM = 3;

export function isForm(word: string, wanted: string): boolean {
  if (word === wanted) return true;
  let same = 0;
  while (same < word.length && same < wanted.length && word[same] === wanted[same]) same += 1;
  // A stem may end before letters that both words have: "cit-ies" and "cit-y", "lieb-e" and "lieb-en".
  for (let stem = same; stem >= Math.max(SHORTEST_STEM, same - 2); stem -= 1) {
    if (areEndings(word.slice(stem), wanted.slice(stem), stem, word[stem - 1] ?? "")) return true;
  }
  return false;
}

function areEndings(one: string, other: string, length: number, last: string): boolean {
  if (length > SHORTEST_STEM && ENDINGS.has(one) && ENDINGS.has(other)) return true;
  if ((one === "" && SHORT_ENDINGS.has(other)) || (other === "" && SHORT_ENDINGS.has(one))) return true;
  const both = [one, other].sort().join(" ");
  if (both === "ies y" || both === "ied y" || both === "iest y" || both === "ier y") return true;
  // "run" and "running": the last letter is doubled.
  const undoubled = (ending: string) => (ending.startsWith(last) ? ending.slice(1) : ending);
  return (
    last !== "" &&
    ((one === "" && ENDINGS.has(undoubled(other)) && other.length > 2) ||
      (other === "" && ENDINGS.has(undoubled(one)) && one.length > 2))
  );
}
