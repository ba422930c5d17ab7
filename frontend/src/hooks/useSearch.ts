import {
  keepPreviousData,
  type QueryClient,
  useInfiniteQuery,
  useQueries,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { NavigationType, useLocation, useNavigate, useNavigationType } from "react-router";
import { queryKeys } from "@/api/queryKeys";
import { fetchSearchChoices, fetchSearchPage } from "@/api/search";
import { fromAddress, isAsked, toAddress, type WayOut, waysOut } from "@/lib/searchRequest";
import { importProgressStore } from "@/stores/importProgressStore";
import { useRecentSearchesStore } from "@/stores/recentSearchesStore";
import type { SearchChoices, SearchRequest, SearchResult } from "@/types/search";

/** So long nothing is typed before it is looked for: shorter than a pause to think, longer than between keys. */
const TYPING_MS = 120;
/** Whoever reads results for so long has looked for it. */
const SETTLED_MS = 2500;
/** While an import goes on, few results are looked for again at most this often. */
const AGAIN_MS = 5000;
/** Several videos that are removed or moved one after the other are one change. */
const CHANGED_MS = 800;

export interface SearchControl {
  /** What is looked for. The address says it, too. */
  request: SearchRequest;
  /** What is in the field: a moment ahead of it while somebody types. */
  text: string;
  setText: (text: string) => void;
  /** At once, with whatever is in the field. */
  submit: () => void;
  /** Other filters, another order, or another question altogether. */
  change: (request: SearchRequest) => void;
}

/** The search in the page's address: it survives a reload, can be kept and sent to somebody. */
export function useSearchControl(): SearchControl {
  const navigate = useNavigate();
  const { search: address, state } = useLocation();
  const how = useNavigationType();
  const [request, setRequest] = useState(() => fromAddress(new URLSearchParams(address)));
  const [text, setText] = useState(request.query);

  // An address that comes from elsewhere (back, a link) is what is asked. One that was written here is only a
  // moment late: by then more may have been asked.
  const [seen, setSeen] = useState(address);
  if (seen !== address) {
    setSeen(address);
    const isOurs = how === NavigationType.Replace && (state as { ours?: boolean } | null)?.ours;
    if (!isOurs) {
      const asked = fromAddress(new URLSearchParams(address));
      setRequest(asked);
      setText(asked.query);
    }
  }

  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const write = useCallback(
    (next: SearchRequest) => {
      clearTimeout(waiting.current);
      setRequest(next);
      void navigate(toAddress(next), { replace: true, preventScrollReset: true, state: { ours: true } });
    },
    [navigate],
  );
  const isBehind = text !== request.query;
  useEffect(() => {
    if (!isBehind) return;
    waiting.current = setTimeout(() => write({ ...request, query: text }), TYPING_MS);
    return () => clearTimeout(waiting.current);
  }, [isBehind, text, request, write]);

  return {
    request,
    text,
    setText,
    submit: () => isBehind && write({ ...request, query: text }),
    change: (next) => {
      setText(next.query);
      write(next);
    },
  };
}

export interface Found {
  /** undefined while nothing at all is known. */
  results: SearchResult[] | undefined;
  total: number;
  totalIsExact: boolean;
  isRelaxed: boolean;
  /** What is shown answers what was asked before. */
  isBehind: boolean;
  error: unknown;
  tryAgain: () => void;
  hasMore: boolean;
  loadMore: () => void;
}

/** Old answers stay until the new ones are there; what nobody waits for any more is not asked on. */
export function useSearchResults(request: SearchRequest): Found {
  const trimmed = { ...request, query: request.query.trim() };
  const { data, error, isPlaceholderData, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } =
    useInfiniteQuery({
      queryKey: queryKeys.searchResults(toAddress(trimmed)),
      queryFn: ({ pageParam, signal }) => fetchSearchPage(trimmed, pageParam, signal),
      enabled: isAsked(request),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.next_cursor,
      placeholderData: keepPreviousData,
    });
  const results = useMemo(() => data && distinct(data.pages.flatMap((page) => page.results)), [data]);
  const first = data?.pages[0];
  // Who reads a long list is not disturbed: what is new may belong anywhere in it.
  useFindsOfImports(data?.pages.length === 1 && !hasNextPage && !isPlaceholderData, trimmed.query);
  useLeavings();
  return {
    results,
    total: first?.total ?? 0,
    totalIsExact: first?.total_is_exact ?? true,
    isRelaxed: first?.is_relaxed ?? false,
    isBehind: isPlaceholderData,
    error,
    tryAgain: () => void refetch(),
    hasMore: hasNextPage && !isPlaceholderData,
    loadMore: () => !isFetchingNextPage && void fetchNextPage(),
  };
}

/** What is completed while few results are shown, or none, may be what somebody is waiting for. */
function useFindsOfImports(wanted: boolean, query: string): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    if (!wanted) return;
    const again = lookAgain(queryClient, AGAIN_MS);
    const linked = lookAgain(queryClient, CHANGED_MS);
    const unsubscribe = importProgressStore.subscribeEvents((events) => {
      if (events.some(({ stage }) => stage === "complete")) again.soon();
      // A video that is looked for by its link is found before anything is known of it.
      if (events.some(({ youtube_id }) => query.includes(youtube_id))) linked.soon();
    });
    return () => {
      unsubscribe();
      again.end();
      linked.end();
    };
  }, [queryClient, wanted, query]);
}

/** What another tab removed or moved is no longer there to be opened, however many results are shown. */
function useLeavings(): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    const again = lookAgain(queryClient, CHANGED_MS);
    const unsubscribe = importProgressStore.subscribeLists(again.soon);
    return () => {
      unsubscribe();
      again.end();
    };
  }, [queryClient]);
}

/** Looks for everything in sight once more, a moment after it is told to; what nobody sees has time. */
function lookAgain(queryClient: QueryClient, milliseconds: number) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let missed = false;
  const look = () => {
    timer = undefined;
    missed = document.visibilityState === "hidden";
    if (!missed) void queryClient.invalidateQueries({ queryKey: queryKeys.search });
  };
  const onVisible = () => missed && look();
  document.addEventListener("visibilitychange", onVisible);
  return {
    soon: () => {
      timer ??= setTimeout(look, milliseconds);
    },
    end: () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onVisible);
    },
  };
}

/** What came in between two pages may push a video from one into the other. */
function distinct(results: SearchResult[]): SearchResult[] {
  const seen = new Set<string>();
  return results.filter(({ video }) => !seen.has(video.id) && seen.add(video.id));
}

/** What there is to filter by, in all lists or in one. */
export function useSearchChoices(listId: string | undefined): SearchChoices | undefined {
  const { data } = useQuery({
    queryKey: queryKeys.searchChoices(listId ?? ""),
    queryFn: ({ signal }) => fetchSearchChoices(listId, signal),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
  return data;
}

export interface OpenWay extends WayOut {
  total: number;
  totalIsExact: boolean;
}

/** Of what could be dropped from a search, that which then finds something. */
export function useWaysOut(request: SearchRequest): OpenWay[] {
  const ways = waysOut(request);
  const answers = useQueries({
    queries: ways.map(({ search }) => ({
      queryKey: queryKeys.searchTotal(toAddress(search)),
      queryFn: ({ signal }: { signal: AbortSignal }) => fetchSearchPage(search, null, signal, 1),
      retry: false,
    })),
  });
  return ways.flatMap((way, i) => {
    const answer = answers[i]?.data;
    return answer && answer.total > 0
      ? [{ ...way, total: answer.total, totalIsExact: answer.total_is_exact }]
      : [];
  });
}

/** Keeps what somebody looked for and found; says how to keep it at once. */
export function useRemembered(request: SearchRequest, found: boolean): () => void {
  const add = useRecentSearchesStore((state) => state.add);
  const { query } = request;
  useEffect(() => {
    if (!found) return;
    const timer = setTimeout(() => add(query), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [add, query, found]);
  return useCallback(() => add(query), [add, query]);
}

/** Further results are fetched before somebody has scrolled to the last. */
export function useMoreAhead(hasMore: boolean, loadMore: () => void) {
  const end = useRef<HTMLDivElement>(null);
  const load = useRef(loadMore);
  useEffect(() => {
    load.current = loadMore;
  });
  useEffect(() => {
    const element = end.current;
    if (!element || !hasMore) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && load.current(),
      { rootMargin: "0px 0px 1200px 0px" },
    );
    observer.observe(element);
    return () => observer.disconnect();
  });
  return end;
}
