import type { Lane, ProgressFrame, VideoEvent } from "@/types/progress";
import type { ImportItem, ImportItemVideo, ImportJob, PlaylistTally, Video } from "@/types/video";

export function aVideo(changes: Partial<Video> = {}): Video {
  const youtube_id = changes.youtube_id ?? "dQw4w9WgXcQ";
  return {
    id: `id-${youtube_id}`,
    list_id: "list",
    youtube_id,
    title: "A walk in the rain",
    channel: "Slow Streets",
    duration_seconds: 247,
    published_at: null,
    created_at: "2026-01-01T00:00:00Z",
    thumbnail_url: `/api/thumbnails/${youtube_id}.jpg?sig=x`,
    embed_url: `https://www.youtube-nocookie.com/embed/${youtube_id}`,
    import_stage: "complete",
    import_progress: 100,
    error_code: null,
    captions_source: "youtube_auto",
    captions_pending: false,
    captions_code: null,
    language: "en",
    import_id: null,
    waiting_until: null,
    tags: [],
    position_seconds: null,
    ...changes,
  };
}

export const asNew = {
  title: null,
  channel: null,
  duration_seconds: null,
  import_stage: "created",
  import_progress: 0,
  captions_source: null,
} as const satisfies Partial<Video>;

export function anEvent(changes: Partial<VideoEvent> = {}): VideoEvent {
  return {
    video_id: "id-dQw4w9WgXcQ",
    youtube_id: "dQw4w9WgXcQ",
    list_id: "list",
    stage: "metadata",
    progress: 25,
    error_code: null,
    captions_source: null,
    captions_pending: false,
    captions_code: null,
    title: "A walk in the rain",
    channel: "Slow Streets",
    duration_seconds: null,
    waiting_until: null,
    ...changes,
  };
}

export function aFrame(seq: number, changes: Partial<ProgressFrame> = {}): ProgressFrame {
  return { type: "import_progress", seq, videos: [], imports: [], lanes: [], lists: [], ...changes };
}

export const NO_PLAYLISTS: PlaylistTally = {
  read: 0,
  waiting: 0,
  unavailable: 0,
  stopped: 0,
  found: 0,
  expected: 0,
};

export function aJob(changes: Partial<ImportJob> = {}): ImportJob {
  return {
    id: "import",
    list_id: "list",
    list_count: 1,
    label: null,
    state: "running",
    created_at: "2026-01-01T00:00:00Z",
    finished_at: null,
    undo_until: null,
    counts: { new: 10, duplicate: 0, repeated: 0, rejected: 0, playlist: 0 },
    progress_percent: 40,
    eta_seconds: 90,
    summary: {
      total: 10,
      imported: 4,
      without_captions: 0,
      unavailable: {},
      waiting: 6,
      later: 0,
      stopped: 0,
      playlists: NO_PLAYLISTS,
    },
    ...changes,
  };
}

export function anItem(changes: Partial<ImportItem> = {}, video: Partial<ImportItemVideo> = {}): ImportItem {
  return {
    id: "item",
    line: 7,
    text: "https://youtu.be/dQw4w9WgXcQ",
    youtube_id: "dQw4w9WgXcQ",
    verdict: "new",
    reason_code: null,
    video_id: "v",
    parent_item_id: null,
    outcome: "waiting",
    video: {
      id: "v",
      list_id: "list",
      title: null,
      channel: null,
      thumbnail_url: "/api/thumbnails/x.jpg",
      import_stage: "created",
      import_progress: 0,
      error_code: null,
      captions_source: null,
      ...video,
    },
    ...changes,
  };
}

export function aLane(changes: Partial<Lane> = {}): Lane {
  return {
    name: "player",
    state: "open",
    reason_code: null,
    rate_per_minute: 20,
    waiting: 0,
    resumes_at: null,
    ...changes,
  };
}
