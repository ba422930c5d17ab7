import type { TFunction } from "i18next";
import type { SearchFilters } from "@/types/search";
import type { VideoList } from "@/types/video";
import { clock } from "./format";
import type { FilterKind } from "./searchRequest";

export interface Wording {
  t: TFunction;
  language: string;
  lists: readonly Pick<VideoList, "id" | "name">[];
}

/** Lengths that people think in, in minutes. */
const LENGTHS = [
  [null, 5],
  [5, 20],
  [20, 60],
  [60, null],
] as const;

const YEARS = 4;

export interface FilterOption {
  label: string;
  filters: SearchFilters;
}

/** What a filter is set to, in a few words; "" if it is not set. */
export function filterValue(kind: FilterKind, filters: SearchFilters, wording: Wording): string {
  const { t, language, lists } = wording;
  switch (kind) {
    case "list": {
      const { list_id } = filters;
      if (list_id === undefined) return "";
      return lists.find((list) => list.id === list_id)?.name ?? t("search.goneList");
    }
    case "date":
      return dateValue(filters, wording);
    case "duration":
      return durationValue(filters, wording);
    case "channel":
      return filters.channel ?? "";
    case "tag":
      return filters.tag ?? "";
    case "language":
      return filters.language === undefined ? "" : languageName(filters.language, language);
    case "source":
      return filters.captions_source === undefined ? "" : t(`search.source_${filters.captions_source}`);
  }
}

function dateValue({ published_after: from, published_before: to }: SearchFilters, wording: Wording): string {
  const { t, language } = wording;
  const year = from?.slice(0, 4);
  if (year && from === `${year}-01-01` && to === `${year}-12-31`) return year;
  if (from && to) return `${dayName(from, language)} – ${dayName(to, language)}`;
  if (from) return t("search.since", { day: dayName(from, language) });
  return to ? t("search.until", { day: dayName(to, language) }) : "";
}

function durationValue(filters: SearchFilters, { t }: Wording): string {
  const from = filters.min_duration_seconds;
  const to = filters.max_duration_seconds;
  const ends = [from, to].filter((end) => end !== undefined);
  // A person may write any seconds into an address: rounded, two of them would be the same.
  const whole = ends.every((end) => end % 60 === 0);
  const said = (seconds: number) => (whole ? t("search.minutes", { minutes: seconds / 60 }) : clock(seconds));
  if (from !== undefined && to !== undefined) {
    return t("search.between", { from: whole ? from / 60 : clock(from), to: said(to) });
  }
  if (from !== undefined) return t("search.over", { length: said(from) });
  return to !== undefined ? t("search.under", { length: said(to) }) : "";
}

export function durationOptions(wording: Wording): FilterOption[] {
  return LENGTHS.map(([from, to]) => {
    const filters: SearchFilters = {
      ...(from !== null && { min_duration_seconds: from * 60 }),
      ...(to !== null && { max_duration_seconds: to * 60 }),
    };
    return { filters, label: durationValue(filters, wording) };
  });
}

/** The last weeks, and whole years: of older videos nobody knows more. */
export function dateOptions({ t }: Wording, now: Date): FilterOption[] {
  const before = (months: number, days: number) =>
    localDay(new Date(now.getFullYear(), now.getMonth() - months, now.getDate() - days));
  const years = Array.from({ length: YEARS }, (_, i) => String(now.getFullYear() - i));
  return [
    { label: t("search.days30"), filters: { published_after: before(0, 30) } },
    { label: t("search.months12"), filters: { published_after: before(12, 0) } },
    ...years.map((year) => ({
      label: year,
      filters: { published_after: `${year}-01-01`, published_before: `${year}-12-31` },
    })),
  ];
}

function localDay(date: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** A day without a time is the same day everywhere. */
function dayName(day: string, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" }).format(new Date(day));
}

/** "German"; the code itself where nobody knows a name for it. */
export function languageName(code: string, language: string): string {
  try {
    return new Intl.DisplayNames([language], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}

export function isSameFilter(a: SearchFilters, b: SearchFilters): boolean {
  const fields = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof SearchFilters>;
  return [...fields].every((field) => a[field] === b[field]);
}
