import type { ErrorCode } from "./errors";
import type { CaptionsSource, ImportJob, ImportStage } from "./video";

/** One video's entry in a progress frame. */
export interface VideoEvent {
  video_id: string;
  youtube_id: string;
  list_id: string;
  stage: ImportStage;
  progress: number;
  error_code: ErrorCode | null;
  captions_source: CaptionsSource | null;
  captions_pending: boolean;
  captions_code: ErrorCode | null;
  title: string | null;
  channel: string | null;
  duration_seconds: number | null;
  waiting_until: string | null;
}

export type LaneState = "open" | "slow" | "paused" | "probing";

export interface Lane {
  name: string;
  state: LaneState;
  reason_code: ErrorCode | null;
  rate_per_minute: number;
  waiting: number;
  resumes_at: string | null;
}

/** What one lane did in the last hour; minutes without requests are left out. */
export interface LaneHistory {
  name: string;
  from_at: string;
  to_at: string;
  minutes: LaneMinute[];
  pauses: LanePause[];
}

export interface LaneMinute {
  at: string;
  requests: number;
  throttled: number;
  failed: number;
  /** What the lane allowed itself at the end of this minute. */
  rate_per_minute: number;
}

export interface LanePause {
  from_at: string;
  /** May lie ahead. */
  until_at: string;
  reason_code: ErrorCode | null;
}

export interface ReadyMessage {
  type: "ready";
  epoch: string;
  seq: number;
}

export interface ProgressFrame {
  type: "import_progress";
  seq: number;
  snapshot?: boolean;
  videos: VideoEvent[];
  imports: ImportJob[];
  lanes: Lane[];
  /** Lists to read again: videos left them, or they were made, renamed or deleted. */
  lists: string[];
}

/** What a tile shows: the newest of what the list said and what the stream said. */
export interface VideoProgress {
  stage: ImportStage;
  progress: number;
  error_code: ErrorCode | null;
  captions_source: CaptionsSource | null;
  captions_pending: boolean;
  captions_code: ErrorCode | null;
  title: string | null;
  channel: string | null;
  duration_seconds: number | null;
  waiting_until: string | null;
}
