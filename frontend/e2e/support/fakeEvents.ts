import type { Video } from "../../src/types/video";

/** What the stream says of a video. */
export function event(v: Video) {
  return {
    video_id: v.id,
    youtube_id: v.youtube_id,
    list_id: v.list_id,
    stage: v.import_stage,
    progress: v.import_progress,
    error_code: v.error_code,
    captions_source: v.captions_source,
    captions_pending: v.captions_pending,
    captions_code: v.captions_code,
    title: v.title,
    channel: v.channel,
    duration_seconds: v.duration_seconds,
    waiting_until: v.waiting_until,
  };
}
