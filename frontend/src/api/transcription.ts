import type { TranscriptionStatus } from "@/types/transcription";
import { client, unwrap } from "./http";

export function fetchTranscription(signal?: AbortSignal): Promise<TranscriptionStatus> {
  return unwrap(client.GET("/api/transcription", { ...(signal && { signal }) }));
}

/** Whatever the caps say. Answers how many are begun; those that have captions are passed over. */
export async function makeCaptions(videoIds: readonly string[]): Promise<number> {
  const [only] = videoIds;
  if (only !== undefined && videoIds.length === 1) {
    const params = { path: { video_id: only } };
    return (await unwrap(client.POST("/api/videos/{video_id}/transcription", { params }))).started;
  }
  const body = { video_ids: [...videoIds] };
  return (await unwrap(client.POST("/api/videos/transcribe", { body }))).started;
}

/** After all not: what was heard so far is forgotten. */
export async function stopCaptions(videoId: string): Promise<void> {
  const params = { path: { video_id: videoId } };
  await unwrap(client.DELETE("/api/videos/{video_id}/transcription", { params }));
}

/** The same for all finished videos of an import without captions. */
export async function makeCaptionsOfImport(importId: string): Promise<number> {
  const params = { path: { import_id: importId } };
  return (await unwrap(client.POST("/api/imports/{import_id}/transcribe", { params }))).started;
}
