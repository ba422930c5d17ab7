/** The postMessage side of YouTube's IFrame player, without loading its script. */

export interface PlayerInfo {
  currentTime?: number;
  duration?: number;
  playerState?: number;
}

export const PLAYING = 1;

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

export function command(func: "seekTo" | "playVideo" | "pauseVideo", args: readonly unknown[] = []): string {
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
  const fields = typeof info === "object" && info !== null ? (info as Record<string, unknown>) : {};
  const result: PlayerInfo = {};
  if (typeof fields.currentTime === "number") result.currentTime = fields.currentTime;
  if (typeof fields.duration === "number") result.duration = fields.duration;
  if (typeof fields.playerState === "number") result.playerState = fields.playerState;
  return { event, info: result };
}
