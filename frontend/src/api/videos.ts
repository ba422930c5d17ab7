import { ApiError } from "@/lib/apiError";
import type { BatchResult, Enrichment, Video, VideoPage } from "@/types/video";
import { authorizedFetch, client, unwrap } from "./http";

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

export function fetchVideo(videoId: string, signal?: AbortSignal): Promise<Video> {
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

/** A plain link can't carry the token, so the file is fetched and handed over as a blob. */
export async function fetchVideoFile(
  videoId: string,
  file: "captions.vtt" | "transcript.txt",
): Promise<Blob> {
  const url = new URL(`/api/videos/${encodeURIComponent(videoId)}/${file}`, location.origin);
  const response = await authorizedFetch(new Request(url));
  if (!response.ok) throw new ApiError(response.status, await response.json().catch(() => null));
  return response.blob();
}
