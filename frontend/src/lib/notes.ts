/** Two people's words, or one's in two tabs, in one note: none of them is lost. All pure. */

/** As the server keeps it: what only it does to a note is no change of anybody's. */
function plain(note: string): string {
  return note.replaceAll("\0", "").replaceAll("\r\n", "\n").trim();
}

function isSameNote(a: string, b: string): boolean {
  return plain(a) === plain(b);
}

/**
 * The note to keep when both sides went on from the same beginning: ours, and below a blank line what
 * the other one has written.
 */
export function mergedNote(began: string, ours: string, theirs: string): string {
  if (isSameNote(theirs, began) || isSameNote(theirs, ours)) return ours;
  if (isSameNote(ours, began)) return theirs;
  const ourLines = new Set(plain(ours).split("\n"));
  const isThere = plain(theirs)
    .split("\n")
    .every((line) => line.trim() === "" || ourLines.has(line));
  if (isThere) return ours;
  const added = addedTo(plain(began), plain(theirs));
  return plain(ours) === "" ? added : `${ours.trimEnd()}\n\n${added}`;
}

/** What was written below or after the beginning; all of it where the beginning was changed too. */
function addedTo(began: string, theirs: string): string {
  const rest = theirs.slice(began.length);
  return theirs.startsWith(began) && /^\s/.test(rest) ? rest.trim() : theirs;
}
