import type { TextPart } from "@/types/search";

/** A line of captions can be a megabyte long; so much of it is shown. */
const LONGEST = 320;
/** Of what stands before the first match, so much is enough to read on from. */
const BEFORE = 90;

const ELLIPSIS = "…";

// Everything below space but the ends of lines: it would be drawn as boxes, or not at all.
// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these
const CONTROLS = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/g;

/** Text in pieces, cut down to what surrounds the first piece that is marked. Short text stays as it is. */
export function excerpt(parts: readonly TextPart[], longest = LONGEST): TextPart[] {
  const length = parts.reduce((sum, part) => sum + part.text.length, 0);
  if (length <= longest) return parts.map((part) => ({ ...part, text: part.text.replace(CONTROLS, "") }));
  const first = Math.max(
    0,
    startOf(parts, (part) => part.marked),
  );
  const from = first <= BEFORE ? 0 : first - BEFORE;
  const to = Math.min(length, from + longest);
  const result: TextPart[] = from > 0 ? [{ text: ELLIPSIS, marked: false }] : [];
  let at = 0;
  for (const { text, marked } of parts) {
    const piece = whole(text, Math.max(0, from - at), Math.min(text.length, to - at)).replace(CONTROLS, "");
    if (piece !== "") result.push({ text: piece, marked });
    at += text.length;
    if (at >= to) break;
  }
  if (to < length) result.push({ text: ELLIPSIS, marked: false });
  return result;
}

function startOf(parts: readonly TextPart[], is: (part: TextPart) => boolean): number {
  let at = 0;
  for (const part of parts) {
    if (is(part)) return at;
    at += part.text.length;
  }
  return -1;
}

/** No half of a sign that takes two units. */
function whole(text: string, from: number, to: number): string {
  if (from >= to) return "";
  const isLow = (at: number) => (text.charCodeAt(at) & 0xfc00) === 0xdc00;
  return text.slice(isLow(from) ? from + 1 : from, isLow(to) ? to - 1 : to);
}
