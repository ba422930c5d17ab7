import type { TFunction } from "i18next";
import type { Video } from "@/types/video";

/** What is written as a video's title. One that will never get any is called by its id, or has no name. */
export function shownTitle(
  title: string | null,
  stage: Video["import_stage"],
  youtubeId: string,
  t: TFunction,
): string {
  if (title) return title;
  if (stage === "error") return youtubeId;
  return t(stage === "complete" ? "tile.nameless" : "tile.untitled");
}
