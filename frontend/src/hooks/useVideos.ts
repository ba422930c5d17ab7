import { type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { queryKeys } from "@/api/queryKeys";
import { addVideo, addVideos, fetchVideoPage, retryEnrichment } from "@/api/videos";
import { changeVideo, keepPosition } from "@/api/watch";
import { isTerminal } from "@/lib/progress";
import { type LibraryRows, NO_ROWS, withLoaded, withNewest, withoutPending, withPending } from "@/lib/rows";
import { findYoutubeIds, singleLink } from "@/lib/youtubeIds";
import { useConnectionStore } from "@/stores/connectionStore";
import { importProgressStore } from "@/stores/importProgressStore";
import type { ImportCounts, Video, VideoDetail, VideoList } from "@/types/video";
import { changedHere, isChanging } from "./useBulkVideos";

/** Without the socket, unfinished rows are asked for this often. */
const POLL_MS = 4000;

/**
 * All rows of a list, newest first. Pages come one after the other; the grid shows each as it arrives and
 * grey places for the rest, so that 10,000 rows are scrollable after the first answer.
 */
export function useVideos(listId: string) {
  const queryClient = useQueryClient();
  const socketLost = useConnectionStore((state) => state.status === "lost");
  useNewVideosFromElsewhere(listId);
  useChangesFromElsewhere(listId);

  return useQuery<LibraryRows>({
    queryKey: queryKeys.videos(listId),
    queryFn: ({ signal }) => loadAll(queryClient, listId, signal),
    staleTime: 30_000,
    refetchInterval: (query) => {
      const items = query.state.data?.items ?? [];
      const unfinished = items.some((row) => !isTerminal(row.import_stage));
      // A long list is many pages: ask less often, so that asking stays a small part of the server's work.
      return socketLost && unfinished ? Math.max(POLL_MS, items.length * 2) : false;
    },
  });
}

async function loadAll(queryClient: QueryClient, listId: string, signal: AbortSignal): Promise<LibraryRows> {
  const key = queryKeys.videos(listId);
  const firstTime = queryClient.getQueryData<LibraryRows>(key) === undefined;
  const loaded: Video[] = [];
  let total = 0;
  let cursor: string | null = null;
  do {
    const requestedAt = performance.now();
    const page = await fetchVideoPage(listId, cursor, signal);
    importProgressStore.absorb(page.items, requestedAt);
    loaded.push(...page.items);
    total = page.total;
    cursor = page.next_cursor;
    // What is on the screen already must not shrink to the first page while it is being renewed.
    if (firstTime && cursor) {
      const sofar = [...loaded];
      queryClient.setQueryData<LibraryRows>(key, (rows) => withLoaded(rows, sofar, total));
    }
  } while (cursor);
  return withLoaded(queryClient.getQueryData<LibraryRows>(key), loaded, total);
}

/** Reads from the top until it meets a row that is known: the cheap way to learn what is new. */
export async function loadNewest(queryClient: QueryClient, listId: string): Promise<void> {
  const key = queryKeys.videos(listId);
  const rows = queryClient.getQueryData<LibraryRows>(key);
  if (!rows) return;
  const known = new Set(rows.items.filter((row) => !row.pending).map((row) => row.id));
  const waiting = new Set(rows.items.filter((row) => row.pending).map((row) => row.youtube_id));
  const newest: Video[] = [];
  let cursor: string | null = null;
  do {
    const requestedAt = performance.now();
    const page = await fetchVideoPage(listId, cursor);
    importProgressStore.absorb(page.items, requestedAt);
    newest.push(...page.items);
    cursor = page.next_cursor;
    for (const video of page.items) waiting.delete(video.youtube_id);
    queryClient.setQueryData<LibraryRows>(key, (current) =>
      withNewest(current ?? NO_ROWS, newest, page.total),
    );
    const last = page.items.at(-1);
    if (waiting.size === 0 && last && known.has(last.id)) return;
  } while (cursor);
}

/** Videos that another tab or the command line added are heard of first in the stream. */
function useNewVideosFromElsewhere(listId: string): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const unsubscribe = importProgressStore.subscribeEvents((events) => {
      if (timer || queryClient.isMutating({ mutationKey: addKey(listId) }) > 0) return;
      const rows = queryClient.getQueryData<LibraryRows>(queryKeys.videos(listId));
      const mine = events.filter((event) => event.list_id === listId);
      if (!rows || mine.length === 0 || rows.items.length < rows.total) return;
      const known = new Set(rows.items.map((row) => row.youtube_id));
      if (mine.every((event) => known.has(event.youtube_id))) return;
      timer = setTimeout(() => {
        timer = undefined;
        void loadNewest(queryClient, listId).catch(() => null);
        void queryClient.invalidateQueries({ queryKey: queryKeys.lists });
      }, 300);
    });
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, [queryClient, listId]);
}

/** What another browser removed or moved is named by the stream; what this page did itself it knows already. */
function useChangesFromElsewhere(listId: string): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      // The server may speak before its answer is here: wait for that.
      if (isChanging(queryClient, listId)) {
        timer = setTimeout(look, 300);
        return;
      }
      timer = undefined;
      void readAgain(queryClient, listId).catch(() => null);
    };
    const unsubscribe = importProgressStore.subscribeLists((listIds) => {
      if (listIds.includes(listId)) timer ??= setTimeout(look, 100);
    });
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, [queryClient, listId]);
}

/** A long list is many pages: after a change of our own, one of them is enough to see that nothing else changed. */
async function readAgain(queryClient: QueryClient, listId: string): Promise<void> {
  const key = queryKeys.videos(listId);
  if (changedHere(listId)) {
    const page = await fetchVideoPage(listId, null);
    const here = queryClient.getQueryData<LibraryRows>(key)?.items.filter((row) => !row.pending) ?? [];
    if (page.total === here.length && page.items.every((video, i) => video.id === here[i]?.id)) return;
  }
  await queryClient.invalidateQueries({ queryKey: key });
}

const addKey = (listId: string) => ["add", listId];

export interface AddResult {
  import_id: string | null;
  counts: ImportCounts;
  /** The one video of a single add. */
  video: Video | null;
  videos: Video[];
}

/** Links on their way into a list. */
export interface Addition {
  /** The videos that become tiles before the server has answered. */
  youtubeIds: () => readonly string[];
  send: () => Promise<AddResult>;
  /** Other lists get some as well. */
  elsewhere?: boolean;
}

/** Text that nobody has to look at first. */
export function additionOf(listId: string, text: string): Addition {
  return { youtubeIds: () => findYoutubeIds(text), send: () => add(listId, text) };
}

/**
 * A video that was removed: what is found for it is looked up again, what people wrote of it is put back.
 *
 * @param last as it was; null if nobody knows.
 */
export function additionAnew(
  listId: string,
  youtubeId: string,
  last: VideoDetail | null,
  onWordsLost: (cause: unknown) => void,
): Addition {
  const send = async () => {
    // As a link: an identifier alone may look like a word.
    const result = await add(listId, `https://youtu.be/${youtubeId}`);
    const [video] = result.videos;
    if (!video || !last) return result;
    try {
      const again = await putBack(video, last);
      return { ...result, video: again, videos: [again] };
    } catch (cause) {
      onWordsLost(cause);
      return result;
    }
  };
  return { youtubeIds: () => [youtubeId], send };
}

async function putBack(video: Video, { note, tags, position_seconds }: VideoDetail): Promise<Video> {
  const hasWords = note !== null || tags.length > 0;
  const again = hasWords ? await changeVideo(video.id, { note: note ?? "", tags }) : video;
  if (position_seconds === null) return again;
  await keepPosition(video.id, position_seconds);
  return { ...again, position_seconds };
}

async function add(listId: string, text: string): Promise<AddResult> {
  const url = singleLink(text);
  if (url) {
    const video = await addVideo(listId, url);
    const counts = { new: 1, duplicate: 0, repeated: 0, rejected: 0, playlist: 0 };
    return { import_id: video.import_id, counts, video, videos: [video] };
  }
  return { ...(await addVideos(listId, text)), video: null };
}

/**
 * Adding with optimistic rows: the tiles are in the grid before the request leaves. The answer makes them
 * real or takes them away; a failure takes away exactly the tiles of this drop.
 */
export function useAddVideos(listId: string) {
  const queryClient = useQueryClient();
  const key = queryKeys.videos(listId);
  const isComplete = (result: AddResult, { elsewhere }: Addition) =>
    !elsewhere && result.videos.length >= result.counts.new;
  return useMutation({
    mutationKey: addKey(listId),
    mutationFn: ({ send }: Addition) => send(),
    onMutate: ({ youtubeIds }) => {
      const before = queryClient.getQueryData<LibraryRows>(key);
      const fetching = queryClient.isFetching({ queryKey: key }) > 0;
      // A list that nobody has looked at yet: its rows are not known, and must not seem to be.
      if (!before && !fetching) return { added: [], interrupted: true };
      const present = new Set(before?.items.map((row) => row.youtube_id));
      const added = youtubeIds().filter((id) => !present.has(id));
      // Not awaited: the tiles must not wait for anything. What was loaded so far stays.
      void queryClient.cancelQueries({ queryKey: key }, { revert: false });
      queryClient.setQueryData<LibraryRows>(key, (rows) => withPending(rows ?? NO_ROWS, listId, added));
      return { added, interrupted: fetching };
    },
    onSuccess: (result, addition, context) => {
      const videos = result.videos.filter((video) => video.list_id === listId);
      queryClient.setQueryData<LibraryRows>(key, (rows) => {
        if (!rows) return undefined;
        const current = withNewest(rows, videos);
        // A complete answer settles the drop: what it does not name was no video, or is there already.
        return isComplete(result, addition) ? withoutPending(current, context.added) : current;
      });
      if (addition.elsewhere) void readOtherLists(queryClient, listId);
      else {
        queryClient.setQueryData<VideoList[]>(queryKeys.lists, (lists) =>
          lists?.map((list) =>
            list.id === listId ? { ...list, video_count: list.video_count + result.counts.new } : list,
          ),
        );
      }
      void queryClient.invalidateQueries({ queryKey: queryKeys.imports });
    },
    onError: (_error, _addition, context) => {
      if (!context) return;
      queryClient.setQueryData<LibraryRows>(key, (rows) => rows && withoutPending(rows, context.added));
    },
    onSettled: async (result, _error, addition, context) => {
      if (context?.interrupted) {
        // Only the last of several drops starts the loading again.
        if (queryClient.isMutating({ mutationKey: addKey(listId) }) <= 1) {
          await queryClient.invalidateQueries({ queryKey: key });
        }
      } else if (result && !isComplete(result, addition)) {
        await loadNewest(queryClient, listId).catch(() => queryClient.invalidateQueries({ queryKey: key }));
      }
      if (result && context) {
        queryClient.setQueryData<LibraryRows>(key, (rows) => rows && withoutPending(rows, context.added));
      }
    },
  });
}

/** New lists, and new rows of lists that were there. */
function readOtherLists(queryClient: QueryClient, listId: string): Promise<unknown> {
  return Promise.all([
    queryClient.invalidateQueries({ queryKey: queryKeys.lists }),
    queryClient.invalidateQueries({
      predicate: ({ queryKey: [what, id] }) => what === "videos" && id !== listId,
    }),
  ]);
}

export function useRetryVideo() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: retryEnrichment,
    onSuccess: (_answer, videoId) => queryClient.invalidateQueries({ queryKey: queryKeys.video(videoId) }),
  });
}
