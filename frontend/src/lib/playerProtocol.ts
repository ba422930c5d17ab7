/** The postMessage side of YouTube's IFrame player, without loading its script. */

export interface PlayerInfo {
  currentTime?: number;
  duration?: number;
  playerState?: number;
  playbackRate?: number;
  muted?: boolean;
  /** Why it does not play: the player's own number. */
  error?: number;
}

export const PLAYING = 1;
export const BUFFERING = 3;

/** The video is gone or private. */
export const GONE = 100;
/**
 * Errors after which it plays nowhere but on YouTube: a bad id (2), gone (100), not to be embedded (101, 150),
 * and an embedder it does not know (153). Another one (5) is the browser's, and may pass.
 */
const REFUSALS: ReadonlySet<number> = new Set([2, GONE, 101, 150, 153]);

export const isRefusal = (error: number): boolean => REFUSALS.has(error);

export function playerUrl(embedUrl: string, pageOrigin: string, startSeconds: number | null): string {
  const url = new URL(embedUrl, pageOrigin);
  url.searchParams.set("enablejsapi", "1");
  url.searchParams.set("origin", pageOrigin);
  url.searchParams.set("playsinline", "1");
  url.searchParams.set("rel", "0");
  if (startSeconds) url.searchParams.set("start", String(Math.floor(startSeconds)));
  return url.href;
}

export const LISTENING = JSON.stringify({ event: "listening", id: 1, channel: "widget" });

type Command =
  | "addEventListener"
  | "mute"
  | "pauseVideo"
  | "playVideo"
  | "seekTo"
  | "setPlaybackRate"
  | "unMute";

export function command(func: Command, args: readonly unknown[] = []): string {
  return JSON.stringify({ event: "command", func, args });
}

/** The answer in a message of the player; null for anything that is not one. Never throws. */
export function parsePlayerMessage(data: unknown): { event: string; info: PlayerInfo } | null {
  let message: unknown = data;
  if (typeof data === "string") {
    try {
      message = JSON.parse(data);
    } catch {
      return null;
    }
  }
  if (typeof message !== "object" || message === null) return null;
  const { event, info } = message as { event?: unknown; info?: unknown };
  if (typeof event !== "string") return null;
  const result = typeof info === "object" && info !== null ? readInfo(info) : {};
  if (event === "onError" && typeof info === "number") result.error = info;
  return { event, info: result };
}

function readInfo(info: object): PlayerInfo {
  const fields = info as Record<string, unknown>;
  const result: PlayerInfo = {};
  if (typeof fields.currentTime === "number") result.currentTime = fields.currentTime;
  if (typeof fields.duration === "number") result.duration = fields.duration;
  if (typeof fields.playerState === "number") result.playerState = fields.playerState;
  if (typeof fields.playbackRate === "number") result.playbackRate = fields.playbackRate;
  if (typeof fields.muted === "boolean") result.muted = fields.muted;
  // An error from before anybody listened is only told here, as text.
  const { errorCode } = (fields.videoData ?? {}) as { errorCode?: unknown };
  const error = typeof errorCode === "string" ? Number(errorCode) : errorCode;
  if (typeof error === "number" && Number.isInteger(error) && error > 0) result.error = error;
  return result;
}
