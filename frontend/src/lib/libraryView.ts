import type { VideoProgress } from "@/types/progress";
import { isWaiting } from "./progress";
import type { LibraryRows, VideoRow } from "./rows";
import { type TileState, tileState } from "./tileState";

/**
 * A list as somebody wants to see it: filtered, sorted and counted. What belongs to it and where it stands is
 * decided when the filter or the sort is chosen. Afterwards videos only come in, so that no tile goes away
 * from under the pointer because it has just finished.
 */
export const FILTERS = [
  "all",
  "importing",
  "waiting",
  "complete",
  "without_captions",
  "unavailable",
] as const;
export type Filter = (typeof FILTERS)[number];
type Kind = Exclude<Filter, "all">;

export const SORTS = ["newest", "oldest", "title", "channel", "longest", "shortest"] as const;
export type Sort = (typeof SORTS)[number];

export type Counts = Record<Filter, number>;

const KINDS: Record<TileState, Kind> = {
  importing: "importing",
  throttled: "waiting",
  paused: "waiting",
  upcoming: "waiting",
  live: "waiting",
  processing: "waiting",
  later: "waiting",
  stopped: "waiting",
  complete: "complete",
  without_captions: "without_captions",
  captions_later: "without_captions",
  error: "unavailable",
};

/** What is known beside the rows: what the stream said, and what is paused. */
export interface ViewFacts {
  progressOf: (row: VideoRow) => VideoProgress;
  pausedLanes: readonly string[];
  pausedImports: ReadonlySet<string>;
  now: Date;
}

export interface ViewedRows extends LibraryRows {
  /** Of the whole list, counted when somebody looks; null while it is still being read. */
  counts: (() => Counts) | null;
}

/** Where a row stands; kept from the first look on, also when its title comes later. */
interface Place {
  /** 0: not known yet, because it is new. 1: by its value. 2: it will never be known. */
  rank: 0 | 1 | 2;
  value: string | number;
}

export class LibraryView {
  readonly filter: Filter;
  readonly sort: Sort;
  private readonly members = new Set<string>();
  private readonly places = new Map<string, Place>();
  private source: readonly VideoRow[] = [];
  private sourceMembers = -1;
  private items: VideoRow[] = [];

  constructor(filter: Filter, sort: Sort) {
    this.filter = filter;
    this.sort = sort;
  }

  /** Asked twice with the same, it answers the same, with the same array. */
  look(rows: LibraryRows, facts: ViewFacts): ViewedRows {
    const loaded = rows.items.length >= rows.total;
    // Nobody may look at the numbers of thousands of rows: then nobody has to wait for them either.
    let counted = this.filter === "all" ? null : this.countAndTakeIn(rows, facts);
    const count = () => {
      counted ??= this.countAndTakeIn(rows, facts);
      return counted;
    };
    const counts = loaded ? count : null;
    if (this.filter === "all" && this.sort === "newest") return { ...rows, counts };
    // Places in another order than the server's are known when all rows are: until then there are none.
    if (!loaded && this.sort !== "newest") return { items: [], total: rows.total, counts: null };
    if (this.source !== rows.items || this.sourceMembers !== this.members.size) {
      this.source = rows.items;
      this.sourceMembers = this.members.size;
      this.items = this.arranged(rows, facts);
    }
    const total = this.filter === "all" ? rows.total : this.items.length;
    return { items: this.items, total, counts };
  }

  private countAndTakeIn(rows: LibraryRows, facts: ViewFacts): Counts {
    const counts: Counts = {
      all: rows.items.length,
      importing: 0,
      waiting: 0,
      complete: 0,
      without_captions: 0,
      unavailable: 0,
    };
    for (const row of rows.items) {
      const importPaused = row.import_id !== null && facts.pausedImports.has(row.import_id);
      const progress = facts.progressOf(row);
      const throttled = isWaiting(progress, facts.pausedLanes);
      const kind = KINDS[tileState(progress, { throttled, importPaused, now: facts.now })];
      counts[kind] += 1;
      // What was dropped a moment ago is shown under any filter: whoever drops wants to see it arrive.
      if (this.filter !== "all" && (kind === this.filter || row.pending)) this.members.add(row.youtube_id);
    }
    return counts;
  }

  private arranged(rows: LibraryRows, facts: ViewFacts): VideoRow[] {
    const items =
      this.filter === "all" ? rows.items : rows.items.filter((row) => this.members.has(row.youtube_id));
    if (this.sort === "newest") return items;
    if (this.sort === "oldest") return items.toReversed();
    const descending = this.sort === "longest";
    return items
      .map((row) => ({ row, place: this.placeOf(row, facts) }))
      .sort((a, b) => compare(a.place, b.place, descending))
      .map(({ row }) => row);
  }

  private placeOf(row: VideoRow, facts: ViewFacts): Place {
    const known = this.places.get(row.youtube_id);
    if (known) return known;
    const place = firstPlace(this.sort, facts.progressOf(row));
    this.places.set(row.youtube_id, place);
    return place;
  }
}

function firstPlace(sort: Sort, progress: VideoProgress): Place {
  const { title, channel, duration_seconds, stage } = progress;
  const byText = sort === "title" || sort === "channel";
  const text = sort === "channel" ? channel : title;
  const value = byText ? text && sortKey(text) : duration_seconds;
  if (value !== null && value !== "") return { rank: 1, value };
  return { rank: stage === "complete" || stage === "error" ? 2 : 0, value: 0 };
}

function compare(a: Place, b: Place, descending: boolean): number {
  if (a.rank !== b.rank) return a.rank - b.rank;
  if (a.value === b.value) return 0;
  return (a.value < b.value ? -1 : 1) * (descending ? -1 : 1);
}

/**
 * Letters without their marks, numbers by their size, no quotes in front: a tenth of what a collator costs,
 * and 10,000 titles are sorted within a frame or two.
 */
export function sortKey(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replaceAll("ß", "ss")
    .replace(/^[^\p{L}\p{N}]+/u, "")
    .replace(/\d+/g, (digits) => digits.padStart(9, "0"));
}

export function asFilter(value: string | null): Filter {
  return FILTERS.find((known) => known === value) ?? "all";
}

export function asSort(value: string | null): Sort | null {
  return SORTS.find((known) => known === value) ?? null;
}
