/**
 * A quick look for video ids in dropped text, only so that tiles can be shown before the server has
 * answered. The server's parser is the truth; a tile it does not know is taken away again.
 */

const ID = "[A-Za-z0-9_-]{11}";
const END = "(?![A-Za-z0-9_-])";
/** Not inside of another name (`notyoutube.com`), but right after an encoded slash. */
const BEFORE = "(?:(?<![A-Za-z0-9_-])|(?<=%2F))";
const HOST = `${BEFORE}(?:youtube(?:-nocookie)?\\.com|youtu\\.be)`;
/** Bounded, so that a hostile line costs no more than its length.
 * Percent-encoded links inside other links (`?url=https%3A%2F%2F...%3Fv%3DID`) are found as well. */
const WATCH = `${HOST}(?:/|%2F)(?:watch|attribution_link|redirect|oembed)?[^\\s"'<>]{0,400}?(?:[?&]|%3F|%26|&amp;)v(?:=|%3D)(${ID})${END}`;
const PATH = `${HOST}(?:/|%2F)(?:shorts|embed|live|v|e|vi)(?:/|%2F)(${ID})${END}`;
const SHORT = `${BEFORE}youtu\\.be(?:/|%2F)(${ID})${END}`;
const LINK = new RegExp(`${WATCH}|${PATH}|${SHORT}`, "gi");

/** One id alone in a line, or as the first field of a CSV line (Google Takeout). */
const BARE_LINE = new RegExp(`^\\s*"?(${ID})"?\\s*(?:[,;\\t].*)?$`);
/** Eleven-letter words are not ids: a real one has, but for 1 in 10,000, a digit or a sign or mixed case. */
const LOOKS_RANDOM = /\d|[_-]|[a-z][A-Z]|[A-Z]{2}.*[a-z]/;

/** `enough`: whoever only wants to know whether there are many need not read all of them. */
export function findYoutubeIds(text: string, enough = Number.POSITIVE_INFINITY): string[] {
  const found = new Set<string>();
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (found.size >= enough) break;
    let linked = false;
    for (const match of line.matchAll(LINK)) {
      const id = match[1] ?? match[2] ?? match[3];
      if (id) found.add(id);
      linked = true;
    }
    if (linked) continue;
    const bare = BARE_LINE.exec(line)?.[1];
    if (bare && LOOKS_RANDOM.test(bare)) found.add(bare);
  }
  return [...found];
}

/** The link, when the text is one link (or id) and nothing else: it is then added on its own, ahead of batches. */
export function singleLink(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed === "" || /\s/.test(trimmed)) return null;
  return findYoutubeIds(trimmed).length === 1 ? trimmed : null;
}
