/**
 * The closed set of reasons shared with the backend (DESIGN §4). Every language must have a sentence for
 * each; `src/api/videos.ts` does not compile when the backend's openapi.json knows one that is missing here.
 */
export const FINAL_VIDEO_ERRORS = [
  "video_private",
  "video_deleted",
  "video_members_only",
  "video_age_restricted",
  "video_geo_blocked",
  "video_paid",
  "not_a_video",
] as const;
export const WAITING_VIDEO_ERRORS = [
  "video_upcoming",
  "video_live",
  "video_processing",
  "import_cancelled",
] as const;
export const SOFT_VIDEO_ERRORS = [
  "captions_none",
  "captions_locked",
  "captions_failed",
  "transcription_budget",
  "audio_too_long",
] as const;
/** Why nothing is transcribed before somebody changes the settings. */
export const SETUP_ERRORS = [
  "transcription_off",
  "transcription_key_invalid",
  "transcription_model_missing",
] as const;
export const LANE_ERRORS = ["upstream_throttled", "upstream_blocked", "upstream_down"] as const;
export const REQUEST_ERRORS = [
  "invalid_request",
  "unauthenticated",
  "wrong_credentials",
  "too_many_sign_ins",
  "password_too_weak",
  "link_expired",
  "link_only_here",
  "invitation_expired",
  "invitation_not_found",
  "invalid_username",
  "username_taken",
  "way_not_offered",
  "sign_in_failed",
  "provider_down",
  "no_account_here",
  "account_not_linked",
  "account_not_proven",
  "identity_taken",
  "identity_not_found",
  "user_not_found",
  "session_not_found",
  "not_found",
  "list_not_found",
  "list_read_only",
  "list_of_other",
  "share_not_found",
  "video_not_found",
  "import_not_found",
  "import_is_over",
  "captions_already_there",
  "video_not_ready",
  "video_already_in_list",
  "no_links_found",
  "file_unreadable",
  "archive_too_large",
  "undo_too_late",
  "not_a_playlist",
  "follow_not_found",
  "token_not_found",
  "not_allowed",
  "too_many_items",
  "too_many_searches",
  "payload_too_large",
  "too_much_to_read",
  "request_too_slow",
  "too_many_requests",
  "too_busy",
  "method_not_allowed",
  "not_ready",
  "internal",
] as const;
/** The server is there, its database is full, read-only or away: nothing is lost, and it passes. */
export const STORAGE_ERRORS = ["storage_full", "storage_read_only", "storage_unavailable"] as const;
/** Made by the page itself, when there was no answer or one that nobody can read. */
export const PAGE_ERRORS = ["offline", "unexpected"] as const;

/** The backend's codes. */
export type ErrorCode =
  | (typeof FINAL_VIDEO_ERRORS)[number]
  | (typeof WAITING_VIDEO_ERRORS)[number]
  | (typeof SOFT_VIDEO_ERRORS)[number]
  | (typeof SETUP_ERRORS)[number]
  | (typeof LANE_ERRORS)[number]
  | (typeof REQUEST_ERRORS)[number]
  | (typeof STORAGE_ERRORS)[number];

/** What a request can fail with. */
export type RequestErrorCode = ErrorCode | (typeof PAGE_ERRORS)[number];

export const ALL_ERRORS: readonly RequestErrorCode[] = [
  ...FINAL_VIDEO_ERRORS,
  ...WAITING_VIDEO_ERRORS,
  ...SOFT_VIDEO_ERRORS,
  ...SETUP_ERRORS,
  ...LANE_ERRORS,
  ...REQUEST_ERRORS,
  ...STORAGE_ERRORS,
  ...PAGE_ERRORS,
];

/** Why one input line is not a video. */
export const REJECT_REASONS = [
  "playlist",
  "channel",
  "foreign_host",
  "bad_id",
  "no_link",
  "not_a_video",
  "subscription",
  "personal_playlist",
  "unreadable",
  "playlist_unavailable",
  "playlist_empty",
  "playlist_failed",
] as const;
export type RejectReason = (typeof REJECT_REASONS)[number];
