import { ArrowDownWideNarrow, ArrowLeft } from "lucide-react";
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, NavigationType, useLocation, useNavigationType } from "react-router";
import { DropAll, FilterBar } from "@/components/search/FilterBar";
import { NothingFound, OnlySomeWords } from "@/components/search/NothingFound";
import { ResultList, ResultsAreComing } from "@/components/search/ResultList";
import { SaveSearch } from "@/components/search/SaveSearch";
import { SearchField } from "@/components/search/SearchField";
import { SearchStart } from "@/components/search/SearchStart";
import { Button } from "@/components/ui/Button";
import { Menu, MenuChoice } from "@/components/ui/Menu";
import { useRememberedResult } from "@/hooks/useRememberedResult";
import { useResultKeys } from "@/hooks/useResultKeys";
import { useSavedSearches } from "@/hooks/useSavedSearches";
import {
  type Found,
  type SearchControl,
  useMoreAhead,
  useRemembered,
  useSearchChoices,
  useSearchControl,
  useSearchResults,
} from "@/hooks/useSearch";
import { useShortcuts } from "@/hooks/useShortcuts";
import { say } from "@/lib/addedMessage";
import { toApiError } from "@/lib/apiError";
import "@/lib/i18n/search";
import { activeFilters, isAsked, SORTS, toAddress, withFilter, withoutFilter } from "@/lib/searchRequest";
import { takeTyped } from "@/lib/typeAhead";
import { useUiStore } from "@/stores/uiStore";
import type { SearchSort } from "@/types/search";
import type { VideoList } from "@/types/video";

/** Every spoken word of the library, one field away from its moment. */
export default function SearchPage({ lists }: { lists: readonly VideoList[] }) {
  const { t } = useTranslation();
  const control = useSearchControl();
  const { request, text, setText, submit, change } = control;
  const found = useSearchResults(request);
  const choices = useSearchChoices(request.filters.list_id);
  const saved = useSavedSearches();
  const field = useRef<HTMLInputElement>(null);
  const results = useRef<HTMLUListElement>(null);
  const cameBack = (useLocation().state as { isBack?: boolean } | null)?.isBack === true;
  const goingBack = useNavigationType() === NavigationType.Pop || cameBack;
  const [focused] = useState(() => !isAsked(request));

  useResultKeys(results, field);
  useShortcuts({
    "/": () => {
      field.current?.focus();
      field.current?.select();
    },
  });
  useTypedAhead(control);
  const isAnswered = found.results !== undefined && !found.isBehind;
  useRememberedResult(results, toAddress(request), isAnswered, goingBack);
  const remember = useRemembered(request, found.total > 0 && !found.isBehind);
  const asked = isAsked(request);
  useSaidCount(found, asked);

  return (
    <div className="px-3 pb-40 sm:px-4 lg:px-6">
      <title>
        {`${request.query ? t("search.titleOf", { query: request.query }) : t("search.title")} · Videothek`}
      </title>
      <header className="sticky top-0 z-20 -mx-3 bg-surface-0/90 px-3 pt-3 pb-2 backdrop-blur-md sm:-mx-4 sm:px-4 lg:-mx-6 lg:px-6">
        <h1 className="sr-only">{t("search.title")}</h1>
        <div className="flex max-w-4xl items-center gap-1">
          <Link
            to="/"
            aria-label={t("video.back")}
            title={t("video.back")}
            className="-ml-2 inline-flex size-9 shrink-0 items-center justify-center rounded-lg text-text-2 hover:bg-surface-2 hover:text-text-1 lg:hidden"
          >
            <ArrowLeft size={18} aria-hidden />
          </Link>
          <SearchField
            ref={field}
            text={text}
            onText={setText}
            focused={focused}
            onSubmit={() => {
              submit();
              if (found.total > 0) remember();
            }}
          />
        </div>
      </header>
      <main id="main" className="grid max-w-4xl grid-cols-[minmax(0,1fr)] gap-4 pt-1.5">
        <FilterBar request={{ ...request, query: text }} lists={lists} choices={choices} onChange={change} />
        {asked ? (
          <>
            <div className="-mr-2.5 flex min-h-9 items-center gap-1">
              <p className="tabular min-w-0 text-sm text-text-2">
                <Count found={found} />
              </p>
              {activeFilters(request.filters).length > 1 && (
                <DropAll className="max-sm:hidden" request={{ ...request, query: text }} onChange={change} />
              )}
              <div className="grow" />
              <SaveSearch request={request} saved={saved} lists={lists} />
              <SortMenu sort={request.sort} onSort={(sort) => change({ ...request, query: text, sort })} />
            </div>
            <Results
              found={found}
              control={control}
              lists={lists}
              list={results}
              onOpen={() => request.query.trim() !== "" && remember()}
            />
          </>
        ) : (
          <SearchStart saved={saved} />
        )}
      </main>
    </div>
  );
}

const NO_NAMES: ReadonlyMap<string, string> = new Map();

interface ResultsProps {
  found: Found;
  control: SearchControl;
  lists: readonly VideoList[];
  list: React.RefObject<HTMLUListElement | null>;
  onOpen: () => void;
}

function Results({ found, control, lists, list, onOpen }: ResultsProps) {
  const { request } = control;
  const from = useMemo(() => ({ search: toAddress(request) }), [request]);
  const end = useMoreAhead(found.hasMore, found.loadMore);
  const isInOneList = lists.length < 2 || request.filters.list_id !== undefined;
  const listNames = useMemo(
    () => (isInOneList ? NO_NAMES : new Map(lists.map(({ id, name }) => [id, name]))),
    [isInOneList, lists],
  );
  // Results compare what they are given: a handler must not be another one with each letter.
  const latest = useRef({ onOpen, control });
  useEffect(() => {
    latest.current = { onOpen, control };
  });
  const opened = useCallback(() => latest.current.onOpen(), []);
  const onTag = useCallback((tag: string) => {
    const { request, change } = latest.current.control;
    change(withFilter(request, "tag", { tag }));
  }, []);

  if (found.error && !found.isBehind) return <SearchFailed found={found} control={control} />;
  if (!found.results) return <ResultsAreComing />;
  if (found.results.length === 0) {
    // The answer to another question: this one's may well be there in a moment.
    if (found.isBehind) return null;
    return <NothingFound request={request} lists={lists} onChange={control.change} />;
  }
  return (
    <>
      {found.isRelaxed && <OnlySomeWords query={request.query} />}
      <ResultList
        ref={list}
        results={found.results}
        query={request.query.trim()}
        from={from}
        complete={!found.hasMore}
        busy={found.isBehind}
        onOpen={opened}
        onTag={onTag}
        listNames={listNames}
      />
      <div ref={end} />
    </>
  );
}

function SearchFailed({ found, control }: Pick<ResultsProps, "found" | "control">) {
  const { t } = useTranslation();
  const { code } = toApiError(found.error);
  const { request, change } = control;
  const listIsGone = code === "list_not_found" && request.filters.list_id !== undefined;
  return (
    <div className="grid justify-items-center gap-4 pt-[8vh] text-center">
      <p>
        {!listIsGone && `${t("search.loadFailed")} `}
        <span className="text-text-2">{t(`errors.${code}`)}</span>
      </p>
      {listIsGone ? (
        <Button onClick={() => change(withoutFilter(request, "list"))}>{t("search.any_list")}</Button>
      ) : (
        <Button onClick={found.tryAgain}>{t("common.tryAgain")}</Button>
      )}
    </div>
  );
}

function SortMenu({ sort, onSort }: { sort: SearchSort; onSort: (sort: SearchSort) => void }) {
  const { t } = useTranslation();
  return (
    <Menu
      trigger={
        <Button
          look="quiet"
          className="px-2.5"
          aria-label={`${t("search.sort")}: ${t(`search.sort_${sort}`)}`}
        >
          <ArrowDownWideNarrow size={17} aria-hidden />
          {t(`search.sort_${sort}`)}
        </Button>
      }
    >
      <MenuChoice
        lines
        label={t("search.sort")}
        value={sort}
        onChange={(value) => onSort(value as SearchSort)}
        options={SORTS.map((value) => ({ value, label: t(`search.sort_${value}`) }))}
      />
    </Menu>
  );
}

function useCountText({ results, total, totalIsExact }: Found): string {
  const { t, i18n } = useTranslation();
  if (!results || total === 0) return "";
  const said = say(total, i18n.language);
  return totalIsExact ? t("search.found", said) : t("search.foundMany", said);
}

function Count({ found }: { found: Found }) {
  return useCountText(found);
}

const SAID_AFTER_MS = 800;

/** For ears: how many there are, once nobody types any more. */
function useSaidCount(found: Found, asked: boolean): void {
  const { t } = useTranslation();
  const announce = useUiStore((state) => state.announce);
  const count = useCountText(found) || t("search.found", { count: 0 });
  const known = asked && !found.isBehind && found.results !== undefined;
  useEffect(() => {
    if (!known) return;
    const timer = setTimeout(() => announce(count), SAID_AFTER_MS);
    return () => clearTimeout(timer);
  }, [known, count, announce]);
}

/** What was typed while this page was on its way. */
function useTypedAhead({ text, setText }: SearchControl): void {
  const latest = useRef({ text, setText });
  useLayoutEffect(() => {
    const typed = takeTyped();
    if (typed !== "") latest.current.setText(latest.current.text + typed);
  }, []);
}
