/** Where somebody stopped watching, and when that is worth keeping. */

export const KEEP_EVERY_MS = 10_000;

/** Nobody wants to be taken to the fourth second. */
const BEGINNING_SECONDS = 5;
/** Closing words and credits: who has come so far has seen it. */
const END_SECONDS = 10;
const END_SHARE = 0.03;

/** What is kept of a place in a video; null at its beginning and when it has been seen to its end. */
export function positionToKeep(seconds: number, durationSeconds: number | null): number | null {
  if (seconds < BEGINNING_SECONDS) return null;
  if (durationSeconds !== null && durationSeconds > 0) {
    const left = durationSeconds - seconds;
    if (left <= Math.max(END_SECONDS, durationSeconds * END_SHARE)) return null;
  }
  return Math.round(seconds * 10) / 10;
}
