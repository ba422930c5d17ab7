import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { FakeState } from "./fakeBackend";

const file = fileURLToPath(new URL("../../../backend/standin/assets/embed.html", import.meta.url));
const embed = readFileSync(file, "utf8").replaceAll("__TITLE__", "");

/** The stand-in's player, which plays and seeks like YouTube's own. */
export function playerOf(youtubeId: string, { videos, cues, playerError }: FakeState): string {
  const length = videos.find((one) => one.youtube_id === youtubeId)?.duration_seconds ?? 900;
  // Every video says the same, however short it is.
  const duration = Math.max(length, cues.at(-1)?.end_seconds ?? 0);
  const facts = { videoId: youtubeId, title: "", author: "", duration, error: playerError };
  return embed.replace("__FACTS__", JSON.stringify(facts));
}
