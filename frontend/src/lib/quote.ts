import { clock } from "./format";

/** A moment of a video, as others can open it. */
export interface Moment {
  videoId: string;
  youtubeId: string;
  seconds: number;
}

const whole = (seconds: number) => Math.max(0, Math.floor(seconds));

export function youtubeLink({ youtubeId, seconds }: Omit<Moment, "videoId">): string {
  return `https://youtu.be/${encodeURIComponent(youtubeId)}?t=${whole(seconds)}`;
}

/** The page that YouTube itself shows, at that second. */
export function watchUrl(youtubeId: string, seconds = 0): string {
  const at = whole(seconds) > 0 ? `&t=${whole(seconds)}s` : "";
  return `https://www.youtube.com/watch?v=${encodeURIComponent(youtubeId)}${at}`;
}

export function ownLink(origin: string, { videoId, seconds }: Omit<Moment, "youtubeId">): string {
  return `${origin}/videos/${encodeURIComponent(videoId)}?t=${whole(seconds)}`;
}

interface Quote extends Omit<Moment, "videoId"> {
  text: string;
  title: string;
  channel: string | null;
  /** The quotation marks of the person's language. */
  marks: readonly [string, string];
}

/** What was said, where, when, and the way there: three lines of plain text. */
export function quoteOf({ text, title, channel, marks, ...moment }: Quote): string {
  const said = text.replace(/\s+/g, " ").trim();
  const source = [title, channel, clock(moment.seconds)].filter(Boolean).join(", ");
  return `${marks[0]}${said}${marks[1]}\n${source}\n${youtubeLink(moment)}`;
}
