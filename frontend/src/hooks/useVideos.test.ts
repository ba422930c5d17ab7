import { act, waitFor } from "@testing-library/react";
import { asNew, aVideo } from "@tests/factories";
import { makeClient, renderHookWithApp } from "@tests/render";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { queryKeys } from "@/api/queryKeys";
import { session } from "@/api/session";
import type { LibraryRows } from "@/lib/rows";
import type { Video } from "@/types/video";
import { useRemoveVideos } from "./useBulkVideos";
import { additionOf, useAddVideos, useVideos } from "./useVideos";

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const url = (path: string) => `http://localhost:3000/api${path}`;
const ids = (count: number, prefix = "abc") =>
  Array.from({ length: count }, (_, i) => `${prefix}${String(i).padStart(11 - prefix.length, "0")}`);
const link = (id: string) => `https://youtu.be/${id}`;
const noCounts = { new: 0, duplicate: 0, repeated: 0, rejected: 0, playlist: 0 };

let stored: Video[];
let lists: number;

/** A list at the server, newest first, by pages. */
function serveList() {
  server.use(
    http.post(url("/auth/refresh"), () => HttpResponse.json({ access_token: "t", expires_in: 900 })),
    http.get(url("/lists/list/videos"), ({ request }) => {
      lists += 1;
      const query = new URL(request.url).searchParams;
      const from = Number(query.get("cursor") ?? 0);
      const to = from + Number(query.get("limit"));
      return HttpResponse.json({
        items: stored.slice(from, to),
        next_cursor: to < stored.length ? String(to) : null,
        total: stored.length,
      });
    }),
  );
}

beforeEach(async () => {
  stored = [aVideo({ youtube_id: "oldoldold01" })];
  lists = 0;
  serveList();
  await session.renew();
});

async function open() {
  const client = makeClient();
  const view = renderHookWithApp(
    () => ({ list: useVideos("list"), add: useAddVideos("list"), remove: useRemoveVideos("list") }),
    client,
  );
  await waitFor(() => expect(view.result.current.list.data?.total).toBe(stored.length));
  await waitFor(() => expect(view.result.current.list.isFetching).toBe(false));
  const rows = () => client.getQueryData<LibraryRows>(queryKeys.videos("list"));
  return { ...view, rows, shown: () => rows()?.items.map((row) => row.youtube_id) };
}

describe("the rows of a list", () => {
  it("come page by page until all are there", async () => {
    stored = ids(450).map((youtube_id) => aVideo({ youtube_id }));
    const { rows } = await open();
    expect(rows()?.items).toHaveLength(450);
    expect(lists).toBe(3);
  });

  it("are in the grid before the request has left, and become the server's", async () => {
    let answer: (() => void) | undefined;
    const gate = new Promise<void>((resolve) => {
      answer = resolve;
    });
    server.use(
      http.post(url("/lists/list/videos"), async ({ request }) => {
        expect(await request.json()).toEqual({ url: link("newnewnew01") });
        await gate;
        const video = aVideo({ ...asNew, youtube_id: "newnewnew01", id: "real" });
        stored.unshift(video);
        return HttpResponse.json(video, { status: 201 });
      }),
    );
    const { result, rows, shown } = await open();
    act(() => result.current.add.mutate(additionOf("list", link("newnewnew01"))));
    expect(shown()).toEqual(["newnewnew01", "oldoldold01"]);
    expect(rows()).toMatchObject({ total: 2, items: [{ pending: true, import_progress: 0 }, {}] });

    answer?.();
    await waitFor(() => expect(rows()?.items[0]?.id).toBe("real"));
    expect(rows()?.items[0]?.pending).toBeUndefined();
    expect(rows()?.total).toBe(2);
  });

  it("are taken back, only those of this drop, when the server can't be reached", async () => {
    server.use(http.post(url("/lists/list/videos/batch"), () => HttpResponse.error()));
    const { result, shown, rows } = await open();
    act(() =>
      result.current.add.mutate(
        additionOf("list", `${link("newnewnew01")} ${link("newnewnew02")} ${link("oldoldold01")}`),
      ),
    );
    expect(shown()).toEqual(["newnewnew01", "newnewnew02", "oldoldold01"]);
    await waitFor(() => expect(result.current.add.isError).toBe(true));
    expect(shown()).toEqual(["oldoldold01"]);
    expect(rows()?.total).toBe(1);
  });

  it("lose a guess that the server does not take for a video", async () => {
    server.use(
      http.post(url("/lists/list/videos/batch"), () => {
        const video = aVideo({ ...asNew, youtube_id: "newnewnew01" });
        stored.unshift(video);
        const counts = { ...noCounts, new: 1, rejected: 1 };
        return HttpResponse.json({ import_id: "i", counts, videos: [video] }, { status: 201 });
      }),
    );
    const { result, shown } = await open();
    act(() => result.current.add.mutate(additionOf("list", `${link("newnewnew01")}\nNotARealId1`)));
    expect(shown()).toEqual(["newnewnew01", "NotARealId1", "oldoldold01"]);
    await waitFor(() => expect(shown()).toEqual(["newnewnew01", "oldoldold01"]));
  });

  it("are filled up from the list when an answer names only the first of a thousand", async () => {
    const added = ids(1000);
    server.use(
      http.post(url("/lists/list/videos/batch"), () => {
        const videos = added.map((youtube_id) => aVideo({ ...asNew, youtube_id, id: `real-${youtube_id}` }));
        stored = [...videos, ...stored];
        const answer = { import_id: "i", counts: { ...noCounts, new: 1000 }, videos: videos.slice(0, 200) };
        return HttpResponse.json(answer, { status: 201 });
      }),
    );
    const { result, rows, shown } = await open();
    act(() => result.current.add.mutate(additionOf("list", added.map(link).join("\n"))));
    expect(rows()?.items).toHaveLength(1001);
    await waitFor(() => expect(rows()?.items.some((row) => row.pending)).toBe(false), { timeout: 4000 });
    expect(shown()).toEqual([...added, "oldoldold01"]);
    expect(rows()?.total).toBe(1001);
  });

  it("of two drops at once don't disturb each other", async () => {
    server.use(
      http.post(url("/lists/list/videos"), async ({ request }) => {
        const body = (await request.json()) as { url: string };
        if (body.url.includes("newnewnew02")) return HttpResponse.error();
        const video = aVideo({ ...asNew, youtube_id: "newnewnew01" });
        stored.unshift(video);
        return HttpResponse.json(video, { status: 201 });
      }),
    );
    const { result, shown } = await open();
    act(() => {
      result.current.add.mutate(additionOf("list", link("newnewnew01")));
      result.current.add.mutate(additionOf("list", link("newnewnew02")));
    });
    expect(shown()).toEqual(["newnewnew02", "newnewnew01", "oldoldold01"]);
    await waitFor(() => expect(shown()).toEqual(["newnewnew01", "oldoldold01"]));
  });

  it("go at once when removed, and come back to their place when that fails", async () => {
    stored = ids(3).map((youtube_id) => aVideo({ youtube_id }));
    const [first, second, third] = ids(3);
    server.use(
      http.get(url("/videos/:id"), () =>
        HttpResponse.json({ code: "internal", message: "" }, { status: 500 }),
      ),
      http.delete(url("/videos/:id"), () =>
        HttpResponse.json({ code: "internal", message: "" }, { status: 500 }),
      ),
    );
    const { result, shown } = await open();
    act(() => result.current.remove.mutate([`id-${second}`]));
    await waitFor(() => expect(shown()).toEqual([first, third]));
    await waitFor(() => expect(shown()).toEqual([first, second, third]));
  });

  it("renew an expired token once for many requests", async () => {
    let renewals = 0;
    let valid = false;
    server.use(
      http.post(url("/auth/refresh"), () => {
        renewals += 1;
        valid = true;
        return HttpResponse.json({ access_token: "new", expires_in: 900 });
      }),
      http.get(url("/lists/list/videos"), () =>
        valid
          ? HttpResponse.json({ items: stored, next_cursor: null, total: 1 })
          : HttpResponse.json({ code: "unauthenticated", message: "" }, { status: 401 }),
      ),
    );
    const client = makeClient();
    const one = renderHookWithApp(() => useVideos("list"), client);
    const two = renderHookWithApp(() => useVideos("list"), makeClient());
    await waitFor(() => expect(one.result.current.data?.total).toBe(1));
    await waitFor(() => expect(two.result.current.data?.total).toBe(1));
    expect(renewals).toBe(1);
  });
});
