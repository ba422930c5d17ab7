import type { Neighbours, TranscriptFormat, VideoChange, VideoDetail } from "@/types/video";
import { authorizedFetch, client, type DownloadedFile, fetchDownload, unwrap } from "./http";

/** The videos beside one in its list. */
export function fetchNeighbours(videoId: string, signal?: AbortSignal): Promise<Neighbours> {
  return unwrap(
    client.GET("/api/videos/{video_id}/neighbours", {
      params: { path: { video_id: videoId } },
      ...(signal && { signal }),
    }),
  );
}

/** A person's own words for a video; what is left out stays as it is. */
export function changeVideo(videoId: string, body: VideoChange): Promise<VideoDetail> {
  return unwrap(client.PATCH("/api/videos/{video_id}", { params: { path: { video_id: videoId } }, body }));
}

/** The largest body a browser still sends for a page that is gone, in letters of up to four bytes. */
const LONGEST_LEAVING = 15_000;

/** The same while the page is being left. */
export async function changeVideoLeaving(videoId: string, body: VideoChange): Promise<void> {
  const path = `/api/videos/${encodeURIComponent(videoId)}`;
  const json = JSON.stringify(body);
  await authorizedFetch(
    new Request(new URL(path, location.origin), {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: json,
      keepalive: json.length <= LONGEST_LEAVING,
    }),
  );
}

/** Where somebody stopped watching. Goes out also while the page is being left. */
export async function keepPosition(videoId: string, seconds: number | null): Promise<void> {
  const path = `/api/videos/${encodeURIComponent(videoId)}/position`;
  await authorizedFetch(
    new Request(new URL(path, location.origin), {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ position_seconds: seconds }),
      keepalive: true,
    }),
  );
}

const FILES: Record<TranscriptFormat, string> = {
  vtt: "captions.vtt",
  srt: "captions.srt",
  txt: "transcript.txt",
  md: "transcript.md",
  json: "transcript.json",
};

export function fetchTranscriptFile(videoId: string, format: TranscriptFormat): Promise<DownloadedFile> {
  return fetchDownload(`/api/videos/${encodeURIComponent(videoId)}/${FILES[format]}`);
}
