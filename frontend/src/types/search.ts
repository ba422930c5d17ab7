import type { CaptionsSource, Video } from "./video";

export type SearchSort = "relevance" | "newest" | "oldest" | "longest" | "shortest";

/** What a search is narrowed to; what is left out does not matter. */
export interface SearchFilters {
  list_id?: string;
  channel?: string;
  tag?: string;
  /** Days: 2026-11-23. */
  published_after?: string;
  published_before?: string;
  min_duration_seconds?: number;
  max_duration_seconds?: number;
  /** Of the captions, without its region. */
  language?: string;
  captions_source?: CaptionsSource;
}

/** What somebody looks for. */
export interface SearchRequest {
  query: string;
  filters: SearchFilters;
  sort: SearchSort;
}

export interface TextPart {
  text: string;
  /** It is what was searched for. */
  marked: boolean;
}

export interface SearchHit {
  start_seconds: number;
  kind: "captions" | "chapter";
  parts: TextPart[];
}

export interface SearchResult {
  video: Video;
  title_parts: TextPart[];
  channel_parts: TextPart[];
  description_parts: TextPart[] | null;
  /** The best moments, the best first. */
  hits: SearchHit[];
  hit_count: number;
}

export interface SearchPage {
  results: SearchResult[];
  next_cursor: string | null;
  total: number;
  total_is_exact: boolean;
  /** No video has all of it: these have the most. */
  is_relaxed: boolean;
}

export interface SearchChoice {
  value: string;
  video_count: number;
}

export interface SearchChoices {
  channels: SearchChoice[];
  languages: SearchChoice[];
  captions_sources: SearchChoice[];
  tags: SearchChoice[];
}

export interface SavedSearch extends SearchRequest {
  id: string;
  name: string;
}
