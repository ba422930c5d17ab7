import { Bookmark, ChevronRight, NotebookText } from "lucide-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { say } from "@/lib/addedMessage";
import { clock, day } from "@/lib/format";
import type { FromSearch } from "@/lib/listPlace";
import { shownTitle } from "@/lib/shownTitle";
import type { SearchHit, SearchResult } from "@/types/search";
import { TileThumbnail } from "../grid/TileThumbnail";
import { Marked } from "./Marked";

interface Props {
  result: SearchResult;
  query: string;
  /** The way back to these results. */
  from: FromSearch;
  /** There is nothing else to look at: all that is known of it is shown. */
  alone: boolean;
  /** Somebody goes to a video. */
  onOpen: () => void;
  onTag: (tag: string) => void;
  /** The list it is in, where it may be in another one, too. */
  listName: string | null;
}

/** As many as are read at a glance; one more is shown rather than counted. */
const MOMENTS = 3;

const LONGEST_TITLE = 200;

const lineLook =
  "-mx-2 flex scroll-mt-36 scroll-mb-24 items-baseline gap-3 rounded-lg px-2 py-1.5 hover:bg-surface-2 focus-visible:outline-offset-0";

/** A video that was found, and where in it. */
export const ResultItem = memo(function ResultItem({
  result,
  query,
  from,
  alone,
  onOpen,
  onTag,
  listName,
}: Props) {
  const { t, i18n } = useTranslation();
  const { video, hits, hit_count } = result;
  const page = videoPath(video.id, { q: hit_count > 0 ? query : "" });
  const most = alone ? hits.length : hit_count <= MOMENTS + 1 ? MOMENTS + 1 : MOMENTS;
  const shown = hits.slice(0, most);
  const others = hit_count - shown.length;
  const hasText = result.description_parts !== null && result.description_parts.length > 0;
  return (
    <article className="grid grid-cols-[7.5rem_minmax(0,1fr)] gap-x-3 sm:grid-cols-[13rem_minmax(0,1fr)] sm:grid-rows-[auto_1fr] sm:gap-x-5">
      <Link
        to={page}
        onClick={onOpen}
        state={from}
        tabIndex={-1}
        aria-hidden
        className="relative block aspect-video self-start overflow-hidden rounded-tile bg-surface-2 sm:row-span-2"
      >
        <TileThumbnail
          src={video.thumbnail_url}
          grey={video.import_stage !== "complete"}
          stage={video.import_stage}
        />
        {video.duration_seconds !== null && (
          <span className="tabular absolute right-1.5 bottom-1.5 rounded bg-black/75 px-1 text-xs font-semibold text-white">
            {clock(video.duration_seconds)}
          </span>
        )}
      </Link>
      <div className="min-w-0">
        <h2 className="text-base font-semibold break-words sm:text-lg" lang={video.language ?? undefined}>
          <Link
            to={page}
            onClick={onOpen}
            state={from}
            data-line="video"
            dir="auto"
            className="line-clamp-2 scroll-mt-36 scroll-mb-24 rounded-sm text-left hover:text-accent-strong"
          >
            {result.title_parts.length > 0 ? (
              <Marked parts={result.title_parts} longest={LONGEST_TITLE} />
            ) : (
              <span className="text-text-3">{shownTitle(null, video.import_stage, video.youtube_id, t)}</span>
            )}
          </Link>
        </h2>
        <p className="flex flex-wrap items-baseline gap-x-2.5 pt-0.5 text-sm text-text-2">
          {result.channel_parts.length > 0 && (
            <bdi className="max-w-full truncate">
              <Marked parts={result.channel_parts} longest={LONGEST_TITLE} />
            </bdi>
          )}
          {video.published_at && (
            <span className="text-text-3">{day(video.published_at, i18n.language)}</span>
          )}
          {listName !== null && (
            <span className="max-w-56 truncate text-text-3" title={listName}>
              {t("search.in")} <bdi>{listName}</bdi>
            </span>
          )}
          {video.tags.map((tag) => (
            <button
              key={tag}
              type="button"
              title={t("search.tagged", { tag })}
              onClick={() => onTag(tag)}
              className="-mx-1 -my-1 max-w-40 truncate rounded-md px-1 py-1 text-text-3 hover:bg-surface-2 hover:text-text-1"
            >
              #<bdi>{tag}</bdi>
            </button>
          ))}
        </p>
      </div>
      {(hit_count > 0 || hasText) && (
        <div className="col-span-2 min-w-0 pt-1.5 sm:col-span-1 sm:col-start-2">
          {shown.length > 0 && (
            <ol>
              {shown.map((hit) => (
                <li key={`${hit.kind} ${hit.start_seconds}`}>
                  <Moment hit={hit} videoId={video.id} query={query} from={from} onOpen={onOpen} />
                </li>
              ))}
            </ol>
          )}
          {result.description_parts && hasText && (
            <p className="flex items-baseline gap-3 py-1.5 text-sm text-text-2" title={t("search.inText")}>
              <NotebookText
                size={15}
                aria-hidden
                className="mr-[2.3125rem] shrink-0 translate-y-0.5 text-text-3"
              />
              <span className="sr-only">{t("search.inText")}: </span>
              <span
                dir="auto"
                className="line-clamp-2 min-w-0 grow text-left break-words [unicode-bidi:isolate]"
              >
                <Marked parts={result.description_parts} />
              </span>
            </p>
          )}
          {others > 0 && (
            <Link
              to={page}
              onClick={onOpen}
              state={from}
              data-line="more"
              className={`${lineLook} text-sm text-text-2`}
            >
              <span className="w-13 shrink-0" />
              <span className="inline-flex items-center gap-1">
                {t("search.moments", say(others, i18n.language))}
                <ChevronRight size={15} aria-hidden />
              </span>
            </Link>
          )}
        </div>
      )}
    </article>
  );
});

interface MomentProps {
  hit: SearchHit;
  videoId: string;
  query: string;
  from: FromSearch;
  onOpen: () => void;
}

/** A time and what is said there: one click, and it plays. */
function Moment({ hit, videoId, query, from, onOpen }: MomentProps) {
  const { t } = useTranslation();
  const isChapter = hit.kind === "chapter";
  return (
    <Link
      to={videoPath(videoId, { t: String(Number(hit.start_seconds.toFixed(2))), q: query })}
      onClick={onOpen}
      state={from}
      data-line="moment"
      className={lineLook}
    >
      <span className="tabular min-w-13 shrink-0 text-sm font-semibold text-accent">
        {clock(hit.start_seconds)}
      </span>
      {isChapter && (
        <>
          <Bookmark
            size={15}
            aria-hidden
            className="-mr-1.5 shrink-0 translate-y-0.5 self-start text-text-3"
          />
          <span className="sr-only">{t("search.chapter")}: </span>
        </>
      )}
      <span
        dir="auto"
        className={`line-clamp-2 min-w-0 text-left break-words [unicode-bidi:isolate] ${isChapter ? "text-text-1" : "text-text-2"}`}
      >
        <Marked parts={hit.parts} />
      </span>
    </Link>
  );
}

function videoPath(videoId: string, params: { t?: string; q: string }): string {
  const query = new URLSearchParams({ ...(params.t && { t: params.t }), ...(params.q && { q: params.q }) });
  return `/videos/${videoId}${query.size > 0 ? `?${query}` : ""}`;
}
