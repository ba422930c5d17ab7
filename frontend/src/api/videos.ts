import type { BatchResult, Enrichment, MoveResult, Video, VideoDetail, VideoPage } from "@/types/video";
import { client, unwrap } from "./http";

/** The largest page the server gives. */
export const PAGE_SIZE = 200;

export function fetchVideoPage(
  listId: string,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<VideoPage> {
  const query = cursor ? { limit: PAGE_SIZE, cursor } : { limit: PAGE_SIZE };
  return unwrap(
    client.GET("/api/lists/{list_id}/videos", {
      params: { path: { list_id: listId }, query },
      ...(signal && { signal }),
    }),
  );
}

export function fetchVideo(videoId: string, signal?: AbortSignal): Promise<VideoDetail> {
  return unwrap(
    client.GET("/api/videos/{video_id}", {
      params: { path: { video_id: videoId } },
      ...(signal && { signal }),
    }),
  );
}

export function addVideo(listId: string, url: string): Promise<Video> {
  return unwrap(
    client.POST("/api/lists/{list_id}/videos", { params: { path: { list_id: listId } }, body: { url } }),
  );
}

export function addVideos(listId: string, text: string): Promise<BatchResult> {
  return unwrap(
    client.POST("/api/lists/{list_id}/videos/batch", {
      params: { path: { list_id: listId } },
      body: { text },
    }),
  );
}

export async function deleteVideo(videoId: string): Promise<void> {
  await unwrap(client.DELETE("/api/videos/{video_id}", { params: { path: { video_id: videoId } } }));
}

/** Up to 10,000 at once. Those that are gone already are passed over. */
export async function removeVideos(videoIds: string[]): Promise<number> {
  const answer = await unwrap(client.POST("/api/videos/remove", { body: { video_ids: videoIds } }));
  return answer.removed;
}

export async function retryVideos(videoIds: string[]): Promise<number> {
  const answer = await unwrap(client.POST("/api/videos/retry", { body: { video_ids: videoIds } }));
  return answer.retried;
}

export function moveVideos(videoIds: string[], listId: string): Promise<MoveResult> {
  return unwrap(client.POST("/api/videos/move", { body: { video_ids: videoIds, list_id: listId } }));
}

export function fetchEnrichment(videoId: string, signal?: AbortSignal): Promise<Enrichment> {
  return unwrap(
    client.GET("/api/videos/{video_id}/enrichment", {
      params: { path: { video_id: videoId } },
      ...(signal && { signal }),
    }),
  );
}

export async function retryEnrichment(videoId: string): Promise<void> {
  await unwrap(
    client.POST("/api/videos/{video_id}/enrichment/retry", { params: { path: { video_id: videoId } } }),
  );
}
