interface Span {
  start_seconds: number;
}

/** The last span that has started at `seconds`, or -1 before the first. Spans are sorted by start. */
export function indexAt(spans: readonly Span[], seconds: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    // The players report times a hair before the frame they sought to.
    if ((spans[middle]?.start_seconds ?? Number.POSITIVE_INFINITY) <= seconds + 0.05) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The line to read aloud on the screen: none in longer silences. */
export function cueTextAt(
  cues: readonly { start_seconds: number; end_seconds: number; text: string }[],
  seconds: number,
): string {
  const cue = cues[indexAt(cues, seconds)];
  if (!cue || seconds > cue.end_seconds + 0.5) return "";
  return cue.text;
}

/** `?t=` of a link: plain seconds, `90s`, or `1h2m3s`. */
export function parseStartTime(value: string | null): number | null {
  if (!value) return null;
  if (/^\d+(\.\d+)?s?$/.test(value)) return Number.parseFloat(value);
  const match = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(value);
  if (!match) return null;
  const [hours, minutes, seconds] = [match[1], match[2], match[3]].map((part) => Number(part ?? 0));
  return (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0);
}
