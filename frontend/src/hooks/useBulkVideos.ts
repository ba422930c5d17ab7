import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { queryKeys } from "@/api/queryKeys";
import {
  deleteVideo,
  fetchVideo,
  moveVideos,
  removeVideos,
  retryEnrichment,
  retryVideos,
} from "@/api/videos";
import { ApiError } from "@/lib/apiError";
import { PER_REQUEST, partsOf } from "@/lib/parts";
import { fold, isTerminal, progressOf } from "@/lib/progress";
import { type LibraryRows, type VideoRow, withoutVideos, withRestored } from "@/lib/rows";
import { importProgressStore } from "@/stores/importProgressStore";
import type { Video, VideoDetail, VideoList } from "@/types/video";

async function inParts(ids: readonly string[], send: (part: string[]) => Promise<unknown>): Promise<void> {
  for (const part of partsOf(ids)) await send(part);
}

/** Of one alone: as it was last, with what people wrote of it; null if that can't be said. */
async function remove(videoIds: readonly string[]): Promise<VideoDetail | null> {
  const [only] = videoIds;
  if (only === undefined || videoIds.length > 1) {
    await inParts(videoIds, removeVideos);
    return null;
  }
  const last = await fetchVideo(only).catch(() => null);
  await deleteVideo(only).catch((cause: unknown) => {
    // Another tab was quicker: it is gone, which is what was asked for.
    if (!(cause instanceof ApiError) || cause.status !== 404) throw cause;
  });
  return last;
}

async function retry(videoIds: readonly string[]): Promise<void> {
  const [only] = videoIds;
  return only !== undefined && videoIds.length === 1 ? retryEnrichment(only) : inParts(videoIds, retryVideos);
}

interface Taken {
  before: readonly VideoRow[];
  ids: ReadonlySet<string>;
  interrupted: boolean;
}

/** Rows go at once. What was loaded so far stays, and what is still on its way must not bring them back. */
function takeOut(queryClient: QueryClient, listId: string, videoIds: readonly string[]): Taken {
  const key = queryKeys.videos(listId);
  const interrupted = queryClient.isFetching({ queryKey: key }) > 0;
  void queryClient.cancelQueries({ queryKey: key }, { revert: false });
  const ids = new Set(videoIds);
  const rows = queryClient.getQueryData<LibraryRows>(key);
  if (rows) queryClient.setQueryData<LibraryRows>(key, withoutVideos(rows, ids));
  return { before: rows?.items ?? [], ids, interrupted };
}

function putBack(queryClient: QueryClient, listId: string, taken: Taken | undefined): void {
  if (!taken) return;
  queryClient.setQueryData<LibraryRows>(
    queryKeys.videos(listId),
    (rows) => rows && withRestored(rows, taken.before, taken.ids),
  );
}

function count(queryClient: QueryClient, changes: Record<string, number>): void {
  queryClient.setQueryData<VideoList[]>(queryKeys.lists, (lists) =>
    lists?.map((list) => {
      const change = changes[list.id];
      return change ? { ...list, video_count: Math.max(0, list.video_count + change) } : list;
    }),
  );
}

const changeKey = (listId: string) => ["change", listId];

/** Whether this page is taking rows out of the list right now: what the server says of it is no news. */
export function isChanging(queryClient: QueryClient, listId: string): boolean {
  return queryClient.isMutating({ mutationKey: changeKey(listId) }) > 0;
}

const ownChanges = new Map<string, number>();
const OWN_MS = 5000;

/** This page changed a list in another way, and shows it already. */
export function noteOwnChange(listId: string): void {
  ownChanges.set(listId, performance.now());
}

/** Whether it did so a moment ago. */
export function changedHere(listId: string): boolean {
  return performance.now() - (ownChanges.get(listId) ?? Number.NEGATIVE_INFINITY) < OWN_MS;
}

export function useRemoveVideos(listId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationKey: changeKey(listId),
    mutationFn: remove,
    meta: { tellOtherTabs: true },
    onMutate: (videoIds) => {
      const taken = takeOut(queryClient, listId, videoIds);
      count(queryClient, { [listId]: -taken.ids.size });
      return taken;
    },
    onError: (_error, videoIds, taken) => {
      putBack(queryClient, listId, taken);
      count(queryClient, { [listId]: taken?.ids.size ?? 0 });
      afterFailure(queryClient, listId, videoIds);
    },
    onSuccess: (_answer, videoIds) => {
      for (const id of videoIds) importProgressStore.forget(id);
    },
    onSettled: (_answer, _error, _ids, taken) => afterwards(queryClient, listId, taken),
  });
}

export function useMoveVideos(listId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationKey: changeKey(listId),
    mutationFn: ({ videoIds, toListId }: { videoIds: readonly string[]; toListId: string }) =>
      inParts(videoIds, (part) => moveVideos(part, toListId)),
    meta: { tellOtherTabs: true },
    onMutate: ({ videoIds, toListId }) => {
      const taken = takeOut(queryClient, listId, videoIds);
      count(queryClient, { [listId]: -taken.ids.size, [toListId]: taken.ids.size });
      return taken;
    },
    onError: (_error, { videoIds, toListId }, taken) => {
      putBack(queryClient, listId, taken);
      const moved = taken?.ids.size ?? 0;
      count(queryClient, { [listId]: moved, [toListId]: -moved });
      afterFailure(queryClient, listId, videoIds);
    },
    onSuccess: (_answer, { toListId }) =>
      queryClient.invalidateQueries({ queryKey: queryKeys.videos(toListId) }),
    onSettled: (_answer, _error, _input, taken) => afterwards(queryClient, listId, taken),
  });
}

/** Of several requests, some may have gone through: then the server knows better than the page. */
function afterFailure(queryClient: QueryClient, listId: string, videoIds: readonly string[]): void {
  if (videoIds.length > PER_REQUEST) {
    void queryClient.invalidateQueries({ queryKey: queryKeys.videos(listId) });
  }
}

function afterwards(queryClient: QueryClient, listId: string, taken: Taken | undefined) {
  noteOwnChange(listId);
  void queryClient.invalidateQueries({ queryKey: queryKeys.lists });
  return taken?.interrupted
    ? queryClient.invalidateQueries({ queryKey: queryKeys.videos(listId) })
    : undefined;
}

const STAGES = [
  ["chapters", 90],
  ["captions", 60],
  ["metadata", 25],
] as const;

/** What the server makes of a video that is tried again: it goes on from the last stage it had reached. */
function triedAgain(video: Video): Video {
  if (video.import_stage === "complete") return { ...video, captions_pending: true, captions_code: null };
  const reached = STAGES.find(([, percent]) => percent <= video.import_progress)?.[0] ?? "created";
  return {
    ...video,
    import_stage: isTerminal(video.import_stage) ? reached : video.import_stage,
    error_code: null,
    waiting_until: null,
  };
}

/** A row as its tile shows it: the stream may know more than the list did. */
export function asShown(row: VideoRow): VideoRow {
  const streamed = importProgressStore.video(row.id);
  if (!streamed) return row;
  const shown = fold(progressOf(row), streamed);
  return {
    ...row,
    import_stage: shown.stage,
    import_progress: shown.progress,
    error_code: shown.error_code,
    captions_source: shown.captions_source,
    captions_pending: shown.captions_pending,
    captions_code: shown.captions_code,
    title: shown.title,
    channel: shown.channel,
    duration_seconds: shown.duration_seconds,
    waiting_until: shown.waiting_until,
  };
}

export function useRetryVideos(listId: string) {
  const queryClient = useQueryClient();
  const key = queryKeys.videos(listId);
  return useMutation({
    mutationFn: retry,
    onMutate: (videoIds) => {
      const ids = new Set(videoIds);
      const shown = queryClient.getQueryData<LibraryRows>(key)?.items.filter((row) => ids.has(row.id)) ?? [];
      const before = new Map(shown.map((row) => [row.id, asShown(row)]));
      const guesses = new Map([...before].map(([id, row]) => [id, triedAgain(row)]));
      const at = performance.now();
      importProgressStore.absorb([...guesses.values()], at);
      replaceRows(queryClient, key, (row) => guesses.get(row.id));
      return { before, guesses, at };
    },
    onError: (_error, _ids, context) => {
      if (!context) return;
      const { before, guesses, at } = context;
      // Only where nothing newer was said: the stream's word is not taken back, and neither is a new answer.
      importProgressStore.absorb([...before.values()], at);
      replaceRows(queryClient, key, (row) =>
        isStill(row, guesses.get(row.id)) ? before.get(row.id) : undefined,
      );
    },
    onSuccess: (_answer, videoIds) => {
      for (const id of videoIds.slice(0, 20)) {
        void queryClient.invalidateQueries({ queryKey: queryKeys.video(id) });
      }
      void queryClient.invalidateQueries({ queryKey: queryKeys.imports });
    },
  });
}

/** Nobody has said anything else of it since. Not by identity: the cache keeps copies of its own. */
function isStill(row: VideoRow, guess: Video | undefined): boolean {
  return (
    guess !== undefined &&
    row.import_stage === guess.import_stage &&
    row.error_code === guess.error_code &&
    row.waiting_until === guess.waiting_until &&
    row.captions_pending === guess.captions_pending
  );
}

function replaceRows(
  queryClient: QueryClient,
  key: readonly string[],
  replacement: (row: VideoRow) => VideoRow | undefined,
): void {
  queryClient.setQueryData<LibraryRows>(
    key,
    (rows) => rows && { ...rows, items: rows.items.map((row) => replacement(row) ?? row) },
  );
}
