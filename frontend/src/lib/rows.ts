import type { Video } from "@/types/video";

/** A tile's row. `pending`: shown before the server has said that it exists. */
export interface VideoRow extends Video {
  pending?: boolean;
}

export interface LibraryRows {
  items: VideoRow[];
  /** How many there are at the server, also those that are not loaded yet. */
  total: number;
}

export const NO_ROWS: LibraryRows = { items: [], total: 0 };

export function pendingRow(listId: string, youtubeId: string): VideoRow {
  return {
    id: `pending:${youtubeId}`,
    list_id: listId,
    youtube_id: youtubeId,
    title: null,
    channel: null,
    duration_seconds: null,
    published_at: null,
    created_at: new Date().toISOString(),
    thumbnail_url: "",
    embed_url: "",
    import_stage: "created",
    import_progress: 0,
    error_code: null,
    captions_source: null,
    captions_pending: false,
    captions_code: null,
    language: null,
    import_id: null,
    waiting_until: null,
    tags: [],
    position_seconds: null,
    pending: true,
  };
}

/** New tiles in front, in the order of the drop. What is in the list already stays where it is. */
export function withPending(rows: LibraryRows, listId: string, youtubeIds: readonly string[]): LibraryRows {
  const present = new Set(rows.items.map((row) => row.youtube_id));
  const added = youtubeIds.filter((id) => !present.has(id)).map((id) => pendingRow(listId, id));
  if (added.length === 0) return rows;
  return { items: [...added, ...rows.items], total: rows.total + added.length };
}

/** The drop came to nothing: its tiles go, and only those that no answer has made real meanwhile. */
export function withoutPending(rows: LibraryRows, youtubeIds: Iterable<string>): LibraryRows {
  const gone = new Set(youtubeIds);
  const items = rows.items.filter((row) => !(row.pending && gone.has(row.youtube_id)));
  return { items, total: rows.total - (rows.items.length - items.length) };
}

/**
 * The newest rows of the server, put in front. `videos` is what the top of the list looks like; rows that
 * were pending become real in place, and rows the server put elsewhere move there.
 */
export function withNewest(rows: LibraryRows, videos: readonly Video[], total?: number): LibraryRows {
  const fresh = new Set(videos.map((video) => video.youtube_id));
  const pending = rows.items.filter((row) => row.pending && !fresh.has(row.youtube_id));
  const settled = rows.items.filter((row) => !row.pending && !fresh.has(row.youtube_id));
  const items = [...videos, ...pending, ...settled];
  return { items, total: Math.max(total ?? rows.total, items.length) };
}

/** A whole list was read while the person went on dropping: what is still pending stays in front. */
export function withLoaded(
  rows: LibraryRows | undefined,
  loaded: readonly Video[],
  total: number,
): LibraryRows {
  const known = new Set(loaded.map((video) => video.youtube_id));
  const pending = rows?.items.filter((row) => row.pending && !known.has(row.youtube_id)) ?? [];
  return { items: [...pending, ...loaded], total: total + pending.length };
}

export function withoutVideos(rows: LibraryRows, videoIds: ReadonlySet<string>): LibraryRows {
  const items = rows.items.filter((row) => !videoIds.has(row.id));
  return { items, total: rows.total - (rows.items.length - items.length) };
}

/**
 * Puts rows back that were taken out of `before`, each behind the row it stood behind. Rows that came or went
 * meanwhile stay as they are, and what has come back by itself is not there twice.
 */
export function withRestored(
  rows: LibraryRows,
  before: readonly VideoRow[],
  videoIds: ReadonlySet<string>,
): LibraryRows {
  const present = new Set(rows.items.map((row) => row.youtube_id));
  const behind = new Map<string | null, VideoRow[]>();
  let anchor: string | null = null;
  let restored = 0;
  for (const row of before) {
    if (present.has(row.youtube_id)) anchor = row.youtube_id;
    else if (videoIds.has(row.id)) {
      behind.set(anchor, [...(behind.get(anchor) ?? []), row]);
      restored += 1;
    }
  }
  if (restored === 0) return rows;
  // What stood first stands before the first of the old rows that is still there: newer ones stay in front.
  const old = new Set(before.map((row) => row.youtube_id));
  const first = rows.items.findIndex((row) => old.has(row.youtube_id));
  const front = first < 0 ? rows.items.length : first;
  const items = [
    ...rows.items.slice(0, front),
    ...(behind.get(null) ?? []),
    ...rows.items.slice(front).flatMap((row) => [row, ...(behind.get(row.youtube_id) ?? [])]),
  ];
  return { items, total: rows.total + restored };
}
