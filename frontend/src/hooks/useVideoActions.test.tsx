import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { aVideo } from "@tests/factories";
import { renderWithApp } from "@tests/render";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { type Action, type ExternalToast, toast } from "sonner";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { useVideoActions } from "./useVideoActions";
import { useVideos } from "./useVideos";

vi.mock("sonner", () => ({ toast: vi.fn() }));
const said = () => vi.mocked(toast).mock.calls.map(([text]) => text);
const details = (at = 0) => vi.mocked(toast).mock.calls[at]?.[1] as ExternalToast;

const refusal = () => HttpResponse.json({ code: "internal", message: "" }, { status: 500 });
const url = (path: string) => `http://localhost:3000/api${path}`;

let notes: Record<string, string>;
let stored: ReturnType<typeof aVideo>[];
let positions: unknown[];
const find = (id: unknown) => stored.find((one) => one.id === id);
const detail = (id: unknown) => HttpResponse.json({ ...find(id), note: notes[String(id)] ?? null });

const server = setupServer(
  http.get(url("/lists"), () => HttpResponse.json([])),
  http.get(url("/imports"), () => HttpResponse.json([])),
  http.get(url("/lists/list/videos"), () =>
    HttpResponse.json({ items: stored, next_cursor: null, total: stored.length }),
  ),
  http.get(url("/videos/:id"), ({ params }) => detail(params.id)),
  http.delete(url("/videos/:id"), ({ params }) => {
    stored = stored.filter(({ id }) => id !== params.id);
    return new HttpResponse(null, { status: 204 });
  }),
  http.post(url("/lists/list/videos"), async ({ request }) => {
    const { url: link } = (await request.json()) as { url: string };
    const youtube_id = link.slice(-11);
    const video = aVideo({ youtube_id, id: `again-${youtube_id}` });
    stored.unshift(video);
    return HttpResponse.json(video, { status: 201 });
  }),
  http.patch(url("/videos/:id"), async ({ params, request }) => {
    const { note, tags } = (await request.json()) as { note: string; tags: string[] };
    notes[String(params.id)] = note;
    stored = stored.map((one) => (one.id === params.id ? { ...one, tags } : one));
    return detail(params.id);
  }),
  http.put(url("/videos/:id/position"), async ({ params, request }) => {
    positions.push([params.id, await request.json()]);
    return new HttpResponse(null, { status: 204 });
  }),
);
beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
beforeEach(() => {
  const worded = { title: "Rain", tags: ["sea"], position_seconds: 61 };
  stored = [
    aVideo({ youtube_id: "aaaaaaaaaa1", ...worded }),
    aVideo({ youtube_id: "bbbbbbbbbb1", title: "Snow" }),
  ];
  notes = { "id-aaaaaaaaaa1": "Anna's words." };
  positions = [];
});
afterEach(() => {
  server.resetHandlers();
  vi.mocked(toast).mockClear();
});
afterAll(() => server.close());

function Page() {
  const { data } = useVideos("list");
  const { removeOne } = useVideoActions("list");
  return (
    <>
      {data?.items.map((row) => (
        <button key={row.youtube_id} type="button" onClick={() => removeOne(row)}>
          {[row.title, ...row.tags].join(" ")}
        </button>
      ))}
    </>
  );
}
const remove = async (name: string) => fireEvent.click(await screen.findByRole("button", { name }));
const undo = async () => {
  await waitFor(() => expect(toast).toHaveBeenCalledOnce());
  act(() => (details().action as Action).onClick({} as never));
};

it("undoing a removal brings back what people wrote of the video, and how far it was watched", async () => {
  renderWithApp(<Page />);
  await remove("Rain sea");
  await undo();
  await waitFor(() => expect(notes["again-aaaaaaaaaa1"]).toBe("Anna's words."));
  await screen.findByRole("button", { name: "A walk in the rain sea" });
  expect(positions).toEqual([["again-aaaaaaaaaa1", { position_seconds: 61 }]]);
});

it("two that are removed in a row can both be brought back", async () => {
  renderWithApp(<Page />);
  const buttons = await screen.findAllByRole("button", { name: /Rain|Snow/ });
  for (const button of buttons) fireEvent.click(button);
  await waitFor(() => expect(said()).toEqual(["Removed “Rain”.", "Removed “Snow”."]));
  expect(details(0).action).toBeTruthy();
});

it("nothing is promised when nobody knows what was written", async () => {
  server.use(http.get(url("/videos/:id"), refusal));
  renderWithApp(<Page />);
  await remove("Rain sea");
  await waitFor(() => expect(details()?.description).toBe("Its note and tags can't be brought back."));
});

it("a video that comes back without its note says so", async () => {
  server.use(http.patch(url("/videos/:id"), refusal));
  renderWithApp(<Page />);
  await remove("Rain sea");
  await undo();
  await waitFor(() => expect(said()[1]).toMatch(/“Rain” is back, but without its note and tags/));
});
