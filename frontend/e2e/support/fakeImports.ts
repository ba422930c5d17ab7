import type { ImportItem, ImportJob, ItemOutcome, Video } from "../../src/types/video";

export const NO_PLAYLISTS = { read: 0, waiting: 0, unavailable: 0, stopped: 0, found: 0, expected: 0 };

const OUTCOMES: ItemOutcome[] = [
  "imported",
  "without_captions",
  "unavailable",
  "waiting",
  "stopped",
  "removed",
  "duplicate",
  "repeated",
  "rejected",
  "playlist",
];

/** One line of an import's input; with a video, its outcome follows from the video. */
export function item(line: number, changes: Partial<ImportItem> & { from?: Video } = {}): ImportItem {
  const { from, ...rest } = changes;
  return {
    id: `item${line}`,
    line,
    text: from ? `https://youtu.be/${from.youtube_id}` : `Line ${line}`,
    youtube_id: from?.youtube_id ?? null,
    verdict: from ? "new" : "rejected",
    reason_code: from ? null : "no_link",
    video_id: from?.id ?? null,
    parent_item_id: null,
    outcome: from ? outcomeOf(from) : "rejected",
    video: from ? { ...from } : null,
    ...rest,
  };
}

function outcomeOf(video: Video): ItemOutcome {
  if (video.import_stage === "error") return "unavailable";
  if (video.import_stage === "complete") {
    return video.captions_source === "none" ? "without_captions" : "imported";
  }
  return video.error_code === "import_cancelled" ? "stopped" : "waiting";
}

export function itemPage(items: ImportItem[], query: URLSearchParams) {
  const outcome = query.get("outcome");
  const chosen = outcome ? items.filter((one) => one.outcome === outcome) : items;
  const from = Number(query.get("cursor") ?? 0);
  const to = from + Math.min(200, Number(query.get("limit") ?? 50));
  return {
    items: chosen.slice(from, to),
    next_cursor: to < chosen.length ? String(to) : null,
    total: chosen.length,
    outcomes: Object.fromEntries(
      OUTCOMES.map((name) => [name, items.filter((one) => one.outcome === name).length]),
    ),
  };
}

/** What a person does to an import; null where the server says that it is over. */
export function controlled(job: ImportJob, action: string): ImportJob | null {
  if (action === "undo") return undone(job);
  if (job.state === "finished") return null;
  const { waiting } = job.summary;
  switch (action) {
    case "pause":
      return job.state === "cancelled" ? null : { ...job, state: "paused", eta_seconds: null };
    case "resume":
      return { ...job, state: "running", eta_seconds: 6400, summary: { ...job.summary, stopped: 0 } };
    default:
      return {
        ...job,
        state: "cancelled",
        eta_seconds: null,
        summary: { ...job.summary, later: 0, stopped: waiting },
      };
  }
}

/** None of its videos is left, and nothing is read any more. */
function undone(job: ImportJob): ImportJob | null {
  if (job.state === "undone" || job.undo_until === null) return null;
  return {
    ...job,
    state: "undone",
    undo_until: null,
    eta_seconds: null,
    finished_at: job.finished_at ?? job.created_at,
    summary: {
      ...job.summary,
      total: 0,
      imported: 0,
      without_captions: 0,
      unavailable: {},
      waiting: 0,
      later: 0,
      stopped: 0,
    },
  };
}

/** A playlist's line and the videos that were read from it so far, behind all lines of the input. */
export function playlistLines(
  line: number,
  found: readonly Video[],
  changes: Partial<ImportItem> = {},
): ImportItem[] {
  const playlist = item(line, {
    text: "https://www.youtube.com/playlist?list=PLrAXtmErZgOeiKm4sgNOknGvNjby9efdf",
    verdict: "playlist",
    outcome: "waiting",
    reason_code: "playlist",
    ...changes,
  });
  const children = found.map((from, i) =>
    item(i + 1, { from, id: `${playlist.id}-${i + 1}`, parent_item_id: playlist.id }),
  );
  return [playlist, ...children];
}

/** A page of anything: the cursor is a number here. */
export function pageOf<T>(items: readonly T[], query: URLSearchParams) {
  const from = Number(query.get("cursor") ?? 0);
  const to = from + Number(query.get("limit") ?? 50);
  return {
    items: items.slice(from, to),
    next_cursor: to < items.length ? String(to) : null,
    total: items.length,
  };
}
