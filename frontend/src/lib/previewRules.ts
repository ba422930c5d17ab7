import type { Preview } from "@/types/video";
import { findYoutubeIds } from "./youtubeIds";

/** As many links as somebody sees at a glance: they go in without a question. */
export const SMALL_DROP = 5;
/** Without any link, what is longer than this is worth a look at what its lines are. */
const SHORT_TEXT = 2000;

/** Something that stands for many videos. The server's parser is the truth; this only decides what to ask it. */
const MANY_VIDEOS =
  /(?:youtube(?:-nocookie)?\.com|youtu\.be)\/(?:playlist\?\S{0,200}?list=|channel\/|c\/|user\/|@)\S/i;

/** Whether a person should see what is in it before anything is stored. */
export function textNeedsPreview(text: string): boolean {
  if (MANY_VIDEOS.test(text)) return true;
  const links = findYoutubeIds(text, SMALL_DROP + 1).length;
  return links > SMALL_DROP || (links === 0 && text.trim().length > SHORT_TEXT);
}

/** A file's few links are no more of a question than the same links as text. */
export function isSmall({ counts, groups, items }: Preview): boolean {
  return (
    items.length <= SMALL_DROP &&
    groups.length < 2 &&
    counts.playlist === 0 &&
    counts.new + counts.duplicate > 0
  );
}
