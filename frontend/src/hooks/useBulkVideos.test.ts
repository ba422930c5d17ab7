import { act, waitFor } from "@testing-library/react";
import { aFrame, anEvent, asNew, aVideo } from "@tests/factories";
import { makeClient, renderHookWithApp } from "@tests/render";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { queryKeys } from "@/api/queryKeys";
import { session } from "@/api/session";
import type { LibraryRows } from "@/lib/rows";
import { importProgressStore } from "@/stores/importProgressStore";
import type { Video, VideoList } from "@/types/video";
import { useMoveVideos, useRemoveVideos, useRetryVideos } from "./useBulkVideos";
import { useVideos } from "./useVideos";

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const url = (path: string) => `http://localhost:3000/api${path}`;
const refusal = () => HttpResponse.json({ code: "internal", message: "" }, { status: 500 });
const id = (name: string) => `id-${name}`;

let stored: Video[];
let reads: number;
let release: () => void;

/** Answers when `release` is called, so that what is shown meanwhile can be looked at. */
function gated(path: string, answer: (body: { video_ids: string[] }) => Response) {
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  server.use(
    http.post(url(path), async ({ request }) => {
      const body = (await request.json()) as { video_ids: string[] };
      await gate;
      return answer(body);
    }),
  );
}

beforeEach(async () => {
  stored = [..."abcde"].map((name) => aVideo({ youtube_id: name }));
  reads = 0;
  server.use(
    http.post(url("/auth/refresh"), () => HttpResponse.json({ access_token: "t", expires_in: 900 })),
    http.get(url("/lists"), () => HttpResponse.json([])),
    http.get(url("/lists/list/videos"), () => {
      reads += 1;
      return HttpResponse.json({ items: stored, next_cursor: null, total: stored.length });
    }),
  );
  await session.renew();
});

async function open() {
  const client = makeClient();
  client.setQueryData<VideoList[]>(queryKeys.lists, [
    { id: "list", name: "Here", video_count: 5 },
    { id: "other", name: "There", video_count: 1 },
  ]);
  const view = renderHookWithApp(
    () => ({
      list: useVideos("list"),
      remove: useRemoveVideos("list"),
      move: useMoveVideos("list"),
      retry: useRetryVideos("list"),
    }),
    client,
  );
  await waitFor(() => expect(view.result.current.list.data?.total).toBe(stored.length));
  const rows = () => client.getQueryData<LibraryRows>(queryKeys.videos("list"));
  return {
    ...view,
    rows,
    shown: () =>
      rows()
        ?.items.map((row) => row.youtube_id)
        .join(""),
    counts: () => client.getQueryData<VideoList[]>(queryKeys.lists)?.map((list) => list.video_count),
    row: (name: string) => rows()?.items.find((one) => one.youtube_id === name),
  };
}

describe("many videos at once", () => {
  it("are gone before the server has answered, and stay gone", async () => {
    gated("/videos/remove", ({ video_ids }) => HttpResponse.json({ removed: video_ids.length }));
    const { result, shown, rows, counts } = await open();
    act(() => result.current.remove.mutate([id("b"), id("d")]));
    await waitFor(() => expect(shown()).toBe("ace"));
    expect([rows()?.total, counts()]).toEqual([3, [3, 1]]);
    release();
    await waitFor(() => expect(result.current.remove.isSuccess).toBe(true));
    expect(shown()).toBe("ace");
  });

  it("come back to their places when the server refuses, with what arrived meanwhile in front", async () => {
    gated("/videos/remove", refusal);
    const { result, shown, rows, counts, client } = await open();
    act(() => result.current.remove.mutate([id("a"), id("d"), id("e")]));
    await waitFor(() => expect(shown()).toBe("bc"));
    act(() => {
      client.setQueryData<LibraryRows>(queryKeys.videos("list"), (old) => ({
        items: [aVideo({ youtube_id: "N" }), ...(old?.items ?? [])],
        total: 3,
      }));
    });
    release();
    await waitFor(() => expect(result.current.remove.isError).toBe(true));
    expect(shown()).toBe("Nabcde");
    expect([rows()?.total, counts()]).toEqual([6, [5, 1]]);
  });

  it("move at once, and both lists' numbers with them", async () => {
    gated("/videos/move", ({ video_ids }) =>
      HttpResponse.json({ moved: video_ids.length, already_there: 0 }),
    );
    const { result, shown, counts } = await open();
    act(() => result.current.move.mutate({ videoIds: [id("a"), id("b")], toListId: "other" }));
    await waitFor(() => expect(shown()).toBe("cde"));
    expect(counts()).toEqual([3, 3]);
    release();
    await waitFor(() => expect(result.current.move.isSuccess).toBe(true));
  });

  it("are not moved when the server refuses: rows and numbers are what they were", async () => {
    gated("/videos/move", refusal);
    const { result, shown, counts } = await open();
    act(() => result.current.move.mutate({ videoIds: [id("c")], toListId: "other" }));
    await waitFor(() => expect(shown()).toBe("abde"));
    release();
    await waitFor(() => expect(result.current.move.isError).toBe(true));
    expect([shown(), counts()]).toEqual(["abcde", [5, 1]]);
  });

  it("are shown as going on when tried again, from where each had come to", async () => {
    const failed = { import_stage: "error", error_code: "video_private" } as const;
    stored = [
      aVideo({ youtube_id: "a", ...asNew, ...failed }),
      aVideo({ youtube_id: "b", ...failed, import_progress: 25 }),
      aVideo({ youtube_id: "c", ...asNew, error_code: "import_cancelled" }),
      aVideo({ youtube_id: "d", captions_source: "none" }),
    ];
    gated("/videos/retry", refusal);
    const { result, row, rows } = await open();
    const before = rows()?.items;
    act(() => result.current.retry.mutate(["a", "b", "c", "d"].map(id)));
    await waitFor(() => expect(row("a")).toMatchObject({ import_stage: "created", error_code: null }));
    expect(row("b")).toMatchObject({ import_stage: "metadata", error_code: null });
    expect(row("c")).toMatchObject({ import_stage: "created", error_code: null });
    expect(row("d")).toMatchObject({ import_stage: "complete", captions_pending: true });
    release();
    await waitFor(() => expect(result.current.retry.isError).toBe(true));
    expect(rows()?.items).toEqual(before);
  });

  it("fall back to what the stream had said of them, but never behind its newer word", async () => {
    const { result, row } = await open();
    const failed = (name: string) =>
      anEvent({ video_id: id(name), stage: "error", progress: 100, error_code: "video_private" });
    const hear = (seq: number, ...videos: ReturnType<typeof anEvent>[]) =>
      act(() => {
        importProgressStore.receive(aFrame(seq, { videos }));
        importProgressStore.flush();
      });
    hear(1, failed("a"), failed("b"));
    gated("/videos/retry", refusal);
    act(() => result.current.retry.mutate([id("a"), id("b")]));
    await waitFor(() => expect(importProgressStore.video(id("a"))?.error_code).toBeNull());
    hear(2, anEvent({ video_id: id("b"), stage: "complete", progress: 100, captions_source: "whisper" }));
    release();
    await waitFor(() => expect(result.current.retry.isError).toBe(true));
    expect(importProgressStore.video(id("a"))).toMatchObject({
      stage: "error",
      error_code: "video_private",
    });
    expect(importProgressStore.video(id("b"))).toMatchObject({ stage: "complete", error_code: null });
    expect(row("a")?.import_stage).toBe("error");
  });
});

describe("a list that changed in another browser", () => {
  const named = (seq: number, ...lists: string[]) =>
    act(() => {
      importProgressStore.receive(aFrame(seq, { lists }));
      importProgressStore.flush();
    });

  it("is read again when it is named, another one is not", async () => {
    const { shown } = await open();
    stored = stored.slice(1);
    named(1, "other");
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect([reads, shown()]).toEqual([1, "abcde"]);
    named(2, "list");
    await waitFor(() => expect(shown()).toBe("bcde"));
  });

  it("is named for this page's own removal as well: one look at its first page is enough", async () => {
    stored = Array.from({ length: 5 }, (_, i) => aVideo({ youtube_id: `v${i}` }));
    server.use(
      http.post(url("/videos/remove"), async ({ request }) => {
        const { video_ids } = (await request.json()) as { video_ids: string[] };
        stored = stored.filter((video) => !video_ids.includes(video.id));
        return HttpResponse.json({ removed: video_ids.length });
      }),
    );
    const { result, rows, client } = await open();
    act(() => result.current.remove.mutate([id("v1"), id("v2")]));
    named(1, "list");
    await waitFor(() => expect(reads).toBe(2));
    expect(client.isFetching({ queryKey: queryKeys.videos("list") })).toBe(0);
    expect(rows()?.total).toBe(3);
  });
});
