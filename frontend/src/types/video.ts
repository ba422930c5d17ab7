import type { ErrorCode, RejectReason } from "./errors";
import type { Estimate, ImportTranscription, VideoTranscript } from "./transcription";

export type ImportStage = "created" | "metadata" | "captions" | "chapters" | "complete" | "error";
export type CaptionsSource = "youtube_manual" | "youtube_auto" | "whisper" | "none";
export type ChaptersSource = "youtube" | "description" | "none";

export interface Video {
  id: string;
  list_id: string;
  youtube_id: string;
  title: string | null;
  channel: string | null;
  duration_seconds: number | null;
  published_at: string | null;
  created_at: string;
  thumbnail_url: string;
  embed_url: string;
  import_stage: ImportStage;
  import_progress: number;
  error_code: ErrorCode | null;
  captions_source: CaptionsSource | null;
  captions_pending: boolean;
  /** Why there are no captions, or none yet; null while that is not settled. */
  captions_code: ErrorCode | null;
  language: string | null;
  import_id: string | null;
  /** When it is looked at again: a premiere, a live stream, a long pause after failures. */
  waiting_until: string | null;
  /** A person's own words for it, in alphabetical order. */
  tags: string[];
  /** Where a person stopped watching; null at the beginning and after the end. */
  position_seconds: number | null;
}

/** A video on a page of its own. */
export interface VideoDetail extends Video {
  note: string | null;
}

/** What a person says of a video; what is left out stays as it is. */
export interface VideoChange {
  note?: string;
  tags?: string[];
}

/** The videos beside one in its list, newest first. */
export interface Neighbours {
  /** The next newer one. */
  previous: Video | null;
  /** The next older one. */
  next: Video | null;
}

/** How one may come in here. */
export interface Ways {
  password: boolean;
  /** A link from the terminal lets in as it is: the page is open on the server's machine. */
  link: boolean;
  /** What the provider is called that people sign in at. */
  provider: string | null;
  /** Whom a proxy has let in already. */
  proxy: string | null;
}

/** Who somebody is at a provider. */
export interface LinkedIdentity {
  id: string;
  issuer: string;
  shown_name: string;
  created_at: string;
  /** It is the provider that people sign in at here. */
  is_offered: boolean;
}

/** What captions can be written as. */
export type TranscriptFormat = "vtt" | "srt" | "txt" | "md" | "json";

export interface VideoPage {
  items: Video[];
  next_cursor: string | null;
  total: number;
}

export interface Cue {
  start_seconds: number;
  end_seconds: number;
  text: string;
}

export interface Chapter {
  start_seconds: number;
  end_seconds: number | null;
  title: string;
}

export interface Enrichment {
  stage: ImportStage;
  description: string | null;
  captions: { source: CaptionsSource | null; language: string | null; cues: Cue[] };
  chapters: Chapter[];
  chapters_source: ChaptersSource | null;
  last_error_code: ErrorCode | null;
  /** Captions from the sound that are being made, or wait for it. */
  transcription: VideoTranscript | null;
  /** What they would take, where they could be made. */
  transcription_estimate: Estimate | null;
}

export interface VideoList {
  id: string;
  name: string;
  video_count: number;
  follow?: Follow | null;
  access?: ListAccess;
  /** Of a list that somebody else shares. */
  owner_name?: string | null;
  /** With how many people an own list is shared. */
  share_count?: number;
}

/** What somebody may do with a list: see what is in it, edit that, or everything. */
export type ListAccess = "read" | "edit" | "owner";

/** Somebody with whom a list is shared, or could be: then nothing is said of what they may do. */
export interface Share {
  user_id: string;
  username: string;
  can_edit: boolean | null;
}

/** A playlist or channel whose new videos come into a list by themselves. */
export interface Follow {
  list_id: string;
  url: string;
  title: string | null;
  interval_hours: number;
  checked_at: string | null;
  next_check_at: string;
  is_checking: boolean;
  /** Why the last check failed, if it did. */
  reason_code: RejectReason | null;
}

export interface ImportCounts {
  new: number;
  duplicate: number;
  repeated: number;
  rejected: number;
  playlist: number;
}

export interface ImportSummary {
  total: number;
  imported: number;
  without_captions: number;
  unavailable: Record<string, number>;
  /** Not over yet. */
  waiting: number;
  /** Of these, those that wait for a time of their own and hold nothing up. */
  later: number;
  /** Of these, those that were left when the import was cancelled; none of them is `later`. */
  stopped: number;
  /** Apart from the videos, which are not known before their playlist is read. */
  playlists: PlaylistTally;
  /** Null where no captions are made from the sound. */
  transcription?: ImportTranscription | null;
}

export interface PlaylistTally {
  read: number;
  waiting: number;
  unavailable: number;
  stopped: number;
  /** Videos that were read from them so far. */
  found: number;
  /** How many there will be, as far as they say. */
  expected: number;
}

/** What became of one line of an import's input. */
export type ItemOutcome =
  | "imported"
  | "without_captions"
  | "unavailable"
  | "waiting"
  | "stopped"
  | "removed"
  | "duplicate"
  | "repeated"
  | "rejected"
  | "playlist";

/** The outcomes that can be tried again as a group. */
export type RetriableOutcome = "unavailable" | "without_captions" | "waiting" | "stopped";

export type ItemVerdict = "new" | "duplicate" | "repeated" | "rejected" | "playlist";

export interface ImportItem {
  id: string;
  line: number;
  text: string;
  youtube_id: string | null;
  verdict: ItemVerdict;
  reason_code: RejectReason | null;
  video_id: string | null;
  parent_item_id: string | null;
  outcome: ItemOutcome;
  video: ImportItemVideo | null;
}

export interface ImportItemVideo {
  id: string;
  list_id: string;
  title: string | null;
  channel: string | null;
  thumbnail_url: string;
  import_stage: ImportStage;
  import_progress: number;
  error_code: ErrorCode | null;
  captions_source: CaptionsSource | null;
}

export interface ImportItemPage {
  items: ImportItem[];
  next_cursor: string | null;
  /** Of the outcome that was asked for. */
  total: number;
  /** Of the whole import, adding up to its input. */
  outcomes: Record<ItemOutcome, number>;
}

export interface ImportPage {
  items: ImportJob[];
  next_cursor: string | null;
  total: number;
}

export type ImportState = "running" | "paused" | "cancelled" | "finished" | "undone";

export interface ImportJob {
  id: string;
  /** The first of the lists it fills. */
  list_id: string | null;
  list_count: number;
  /** The file it was read from, or the playlist that brought it. */
  label: string | null;
  state: ImportState;
  created_at: string;
  finished_at: string | null;
  /** Until when it can be undone; null when it can't. */
  undo_until: string | null;
  counts: ImportCounts;
  progress_percent: number;
  eta_seconds: number | null;
  summary: ImportSummary;
}

export interface BatchResult {
  import_id: string;
  counts: ImportCounts;
  videos: Video[];
}

export interface MoveResult {
  moved: number;
  /** Were in the other list before, so they were only removed from theirs. */
  already_there: number;
}

export interface CopyResult {
  copied: number;
  already_there: number;
}

export interface Tag {
  name: string;
  video_count: number;
}

export interface User {
  id: string;
  username: string;
  role: Role;
  has_password: boolean;
}

export type Role = "owner" | "member";

/** Somebody with an account. */
export interface Person {
  id: string;
  username: string;
  role: Role;
  created_at: string;
}

export interface Invitation {
  id: string;
  note: string;
  created_at: string;
  expires_at: string;
}

/** A new one, with the code of its link: this once. */
export interface NewInvitation extends Invitation {
  code: string;
}

/** A browser in which one is signed in. */
export interface SignedInBrowser {
  id: string;
  client: string;
  address: string;
  created_at: string;
  last_seen_at: string;
  is_current: boolean;
}

export interface PreviewItem {
  position: number;
  line: number;
  text: string;
  youtube_id: string | null;
  verdict: ItemVerdict;
  reason_code: RejectReason | null;
  /** Its place in `groups`. */
  group: number | null;
}

/** A playlist, folder or file that an input is divided into. */
export interface PreviewGroup {
  name: string;
  item_count: number;
  video_count: number;
  /** The list of this name, if there is one. */
  list_id: string | null;
}

/** What an import would do; nothing is stored. */
export interface Preview {
  format: string;
  counts: ImportCounts;
  groups: PreviewGroup[];
  items: PreviewItem[];
  /** About what captions from the sound will take, where they are made. */
  transcription?: Estimate | null;
}

/** What of an input goes where. */
export interface ImportOptions {
  list_id?: string;
  new_list_name?: string;
  split_into_lists?: boolean;
  groups?: number[];
  skip?: number[];
}

export type TokenScope = "add" | "read" | "full";

export interface ApiToken {
  id: string;
  name: string;
  scope: TokenScope;
  created_at: string;
  last_used_at: string | null;
}

/** A new one, with its secret: this once. */
export interface NewApiToken extends ApiToken {
  token: string;
}

/** What a library can be written as. */
export type ExportFormat = "csv" | "json" | "takeout" | "html" | "archive";
