import type { SavedSearch, SearchFilters, SearchRequest, SearchSort } from "@/types/search";
import type { CaptionsSource } from "@/types/video";

/** A search as the address of a page, and what can be taken from it. All pure. */
export const SORTS = ["relevance", "newest", "oldest", "longest", "shortest"] as const satisfies SearchSort[];

const SOURCES = ["youtube_manual", "youtube_auto", "whisper", "none"] as const satisfies CaptionsSource[];

/** The most the server takes (`MAX_QUERY_LENGTH`). */
export const LONGEST_QUERY = 400;

/** What one control of the page narrows a search to: some of it has two ends. */
export const FILTER_FIELDS = {
  list: ["list_id"],
  date: ["published_after", "published_before"],
  duration: ["min_duration_seconds", "max_duration_seconds"],
  channel: ["channel"],
  tag: ["tag"],
  language: ["language"],
  source: ["captions_source"],
} as const satisfies Record<string, (keyof SearchFilters)[]>;
export type FilterKind = keyof typeof FILTER_FIELDS;
export const FILTER_KINDS = Object.keys(FILTER_FIELDS) as FilterKind[];

export const NO_SEARCH: SearchRequest = { query: "", filters: {}, sort: "relevance" };

const text = (value: string) => value || undefined;
const day = (value: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined;
const seconds = (value: string) => (/^\d{1,7}$/.test(value) ? Number(value) : undefined);

type Field = keyof SearchFilters;
const FIELDS: { [F in Field]-?: [name: string, read: (value: string) => SearchFilters[F] | undefined] } = {
  list_id: ["list", text],
  channel: ["channel", text],
  tag: ["tag", text],
  published_after: ["after", day],
  published_before: ["before", day],
  min_duration_seconds: ["min", seconds],
  max_duration_seconds: ["max", seconds],
  language: ["language", text],
  captions_source: ["captions", (value) => SOURCES.find((known) => known === value)],
};

type Days = Pick<SearchFilters, "published_after" | "published_before">;

/** Two days, whichever of them was said first. */
export function orderedDays<F extends Days>(filters: F): F {
  const { published_after: from, published_before: to } = filters;
  return from && to && from > to ? { ...filters, published_after: to, published_before: from } : filters;
}

/** A word between two others that elsewhere joins them. Here it is looked for, like any word. */
export function joiningWord(query: string): string | null {
  const unquoted = query.replace(QUOTED, " ");
  return /(?<=\S\s+)(?:OR|ODER|AND)(?=\s+\S)/.exec(unquoted)?.[0] ?? null;
}

/** Both ends of everything that has two, whichever was said first. */
function ordered(filters: SearchFilters): SearchFilters {
  const { min_duration_seconds: from, max_duration_seconds: to } = filters;
  const lengths = from !== undefined && to !== undefined && from > to;
  return orderedDays(
    lengths ? { ...filters, min_duration_seconds: to, max_duration_seconds: from } : filters,
  );
}

/** Whatever an address says: what is no filter is passed over. */
export function fromAddress(params: URLSearchParams): SearchRequest {
  const filters: Record<string, unknown> = {};
  for (const [field, [name, read]] of Object.entries(FIELDS)) {
    const value = read(params.get(name) ?? "");
    if (value !== undefined) filters[field] = value;
  }
  return {
    query: (params.get("q") ?? "").slice(0, LONGEST_QUERY),
    filters: ordered(filters),
    sort: SORTS.find((known) => known === params.get("sort")) ?? "relevance",
  };
}

/** Always in the same order: the same search has the same address. */
export function toAddress({ query, filters, sort }: SearchRequest): string {
  const params = new URLSearchParams();
  if (query !== "") params.set("q", query);
  for (const [field, [name]] of Object.entries(FIELDS)) {
    const value = filters[field as Field];
    if (value !== undefined) params.set(name, String(value));
  }
  if (sort !== "relevance") params.set("sort", sort);
  return params.size > 0 ? `/search?${params}` : "/search";
}

/** There is something to look for, be it only a filter. */
export function isAsked({ query, filters }: SearchRequest): boolean {
  return query.trim() !== "" || Object.keys(filters).length > 0;
}

export function isSame(a: SearchRequest, b: SearchRequest): boolean {
  const normal = (search: SearchRequest) => toAddress({ ...search, query: search.query.trim() });
  return normal(a) === normal(b);
}

export function activeFilters(filters: SearchFilters): FilterKind[] {
  return FILTER_KINDS.filter((kind) => FILTER_FIELDS[kind].some((field) => filters[field] !== undefined));
}

export function withoutFilter(search: SearchRequest, kind: FilterKind): SearchRequest {
  const filters = { ...search.filters };
  for (const field of FILTER_FIELDS[kind]) delete filters[field];
  return { ...search, filters };
}

/** The filter anew: both of its ends. */
export function withFilter(
  search: SearchRequest,
  kind: FilterKind,
  values: SearchFilters | null,
): SearchRequest {
  const without = withoutFilter(search, kind);
  return values ? { ...without, filters: { ...without.filters, ...values } } : without;
}

/** A kept search as it came: what does not matter is null there. */
export function ofSaved(saved: {
  query: string;
  filters: { [F in Field]?: SearchFilters[F] | null };
  sort: SearchSort;
}): SearchRequest {
  const kept = Object.entries(saved.filters).filter(([, value]) => value !== null && value !== undefined);
  return { query: saved.query, filters: ordered(Object.fromEntries(kept)), sort: saved.sort };
}

export function savedAs(searches: readonly SavedSearch[], search: SearchRequest): SavedSearch | undefined {
  return searches.find((saved) => isSame(saved, search));
}

/** A way out of nothing: the same search, asking for less. */
export interface WayOut {
  kind: "filter" | "filters" | "quotes" | "exclusions";
  /** The filter that goes. */
  filter?: FilterKind;
  search: SearchRequest;
}

// The same signs as the server reads (`services/search/query.py`).
const QUOTES = /["“”„‟«»＂]/g;
const QUOTED = /["“”„‟«»＂][^"“”„‟«»＂]*["“”„‟«»＂]?/g;
const EXCLUSION = /(^|\s)[-−](?:["“”„‟«»＂][^"“”„‟«»＂]*["“”„‟«»＂]?|\S+)/g;
const QUOTED_EXCLUSION = /(^|\s)[-−]["“”„‟«»＂]/;

/** What could be dropped from a search that finds nothing, the smallest step first. */
export function waysOut(search: SearchRequest): WayOut[] {
  const ways: WayOut[] = [];
  const { query } = search;
  const asked = activeFilters(search.filters);
  for (const filter of asked) ways.push({ kind: "filter", filter, search: withoutFilter(search, filter) });
  if (asked.length > 1) ways.push({ kind: "filters", search: { ...search, filters: {} } });
  const included = query.replace(EXCLUSION, "$1").replace(/\s+/g, " ").trim();
  if (included !== query.trim()) ways.push({ kind: "exclusions", search: { ...search, query: included } });
  const loose = query.replace(QUOTES, " ").replace(/\s+/g, " ").trim();
  if (loose !== query.trim() && !QUOTED_EXCLUSION.test(query)) {
    ways.push({ kind: "quotes", search: { ...search, query: loose } });
  }
  return ways.filter((way) => isAsked(way.search));
}
