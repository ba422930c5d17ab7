import type { CopyResult, Tag, TranscriptFormat } from "@/types/video";
import { client, type DownloadedFile, fetchDownload, unwrap } from "./http";

/** The tags of all videos, in alphabetical order. */
export function fetchTags(signal?: AbortSignal): Promise<Tag[]> {
  return unwrap(client.GET("/api/tags", { ...(signal && { signal }) }));
}

/** Up to 10,000 at once. */
export async function tagVideos(videoIds: string[], add: string[], remove: string[]): Promise<number> {
  const answer = await unwrap(client.POST("/api/videos/tag", { body: { video_ids: videoIds, add, remove } }));
  return answer.tagged;
}

/** With all that was found for them; up to 10,000 at once. */
export function copyVideos(videoIds: string[], listId: string): Promise<CopyResult> {
  return unwrap(client.POST("/api/videos/copy", { body: { video_ids: videoIds, list_id: listId } }));
}

/** The captions of those that have any, in a ZIP. */
export function fetchTranscripts(videoIds: string[], format: TranscriptFormat): Promise<DownloadedFile> {
  return fetchDownload("/api/videos/transcripts", { video_ids: videoIds, format });
}
