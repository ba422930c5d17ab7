import { type RefObject, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useResultFocus } from "@/hooks/useResultFocus";
import type { FromSearch } from "@/lib/listPlace";
import type { SearchResult } from "@/types/search";
import { ResultItem } from "./ResultItem";

interface Props {
  results: readonly SearchResult[];
  query: string;
  from: FromSearch;
  /** These are all that there are. */
  complete: boolean;
  /** Another answer is on its way. */
  busy: boolean;
  onOpen: () => void;
  onTag: (tag: string) => void;
  /** Each result's list is named by these; by none of them where it is known. */
  listNames: ReadonlyMap<string, string>;
  ref: RefObject<HTMLUListElement | null>;
}

export function ResultList({ results, query, from, complete, busy, onOpen, onTag, listNames, ref }: Props) {
  const { t } = useTranslation();
  const focus = useResultFocus(
    ref,
    useMemo(() => results.map(({ video }) => video.id), [results]),
  );
  return (
    <ul
      ref={ref}
      {...focus}
      aria-label={t("search.results")}
      aria-busy={busy}
      data-testid="search-results"
      className="grid grid-cols-[minmax(0,1fr)] gap-6 sm:gap-8"
    >
      {results.map((result) => (
        <li
          key={result.video.id}
          data-result={result.video.id}
          // Out of view it costs no layout. Room for the focus rings, which that would cut.
          className="-mx-3 -my-1 px-3 py-1 [contain-intrinsic-size:auto_14rem] [content-visibility:auto]"
        >
          <ResultItem
            result={result}
            query={query}
            from={from}
            alone={complete && results.length === 1}
            onOpen={onOpen}
            onTag={onTag}
            listName={listNames.get(result.video.list_id) ?? null}
          />
        </li>
      ))}
    </ul>
  );
}

/** In the shape of what comes: only when it takes its time. */
export function ResultsAreComing() {
  return (
    <div aria-hidden className="appear-soon grid gap-8">
      {[68, 52, 60].map((width) => (
        <div key={width} className="flex gap-5">
          <div className="aspect-video w-30 shrink-0 rounded-tile bg-surface-2 sm:w-52" />
          <div className="grid grow content-start gap-3 pt-1">
            <div className="h-4 rounded bg-surface-2" style={{ width: `${width}%` }} />
            <div className="h-3 w-1/4 rounded bg-surface-2" />
            <div className="h-3 w-4/5 rounded bg-surface-2" />
          </div>
        </div>
      ))}
    </div>
  );
}
