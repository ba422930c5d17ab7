import { QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import { makeClient } from "@tests/render";
import { toast } from "sonner";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { useImportDropStore } from "@/stores/importDropStore";
import { useAddLinks } from "./useAddLinks";

vi.mock("sonner", () => ({ toast: vi.fn() }));

const LINK = (n: number) => `https://youtu.be/aaaaaaaaaa${n}`;
const drops = () => useImportDropStore.getState().drops;
let answers: { path: string; text: string; reply: (status: number, body: unknown) => void }[] = [];

beforeEach(() => {
  answers = [];
  vi.mocked(toast).mockClear();
  vi.stubGlobal("fetch", (request: Request) =>
    request.method === "GET"
      ? Promise.resolve(Response.json({ items: [], next_cursor: null, total: 0 }))
      : new Promise<Response>((resolve) => {
          void request.text().then((text) =>
            answers.push({
              path: new URL(request.url).pathname,
              text,
              reply: (status, body) => resolve(Response.json(body, { status })),
            }),
          );
        }),
  );
});

function start() {
  const client = makeClient();
  return renderHook(
    ({ listId, listName = null }: { listId: string; listName?: string | null }) =>
      useAddLinks(listId, { listName }),
    {
      initialProps: { listId: "a" } as { listId: string; listName?: string | null },
      wrapper: ({ children }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>,
    },
  );
}
function startIn(listName: string) {
  const started = start();
  started.rerender({ listId: "a", listName });
  return started;
}
const counts = (added: number) => ({ new: added, duplicate: 0, repeated: 0, rejected: 0, playlist: 0 });
const taken = (added: number) => ({ import_id: "i", counts: counts(added), videos: [] });

describe("adding links", () => {
  it("keeps them until the server has answered, then says what came of it", async () => {
    const { result } = start();
    act(() => result.current.addText(`${LINK(1)} ${LINK(2)}`));
    await waitFor(() => expect(answers).toHaveLength(1));
    expect(drops()).toMatchObject([{ listId: "a", state: "sending" }]);
    answers[0]?.reply(201, taken(2));
    await waitFor(() => expect(toast).toHaveBeenCalledWith("2 videos added.", expect.anything()));
    expect(drops()).toEqual([]);
  });

  it("settles each of several drops in a row", async () => {
    const { result } = start();
    act(() => result.current.addText(`${LINK(1)} ${LINK(2)}`));
    act(() => result.current.addText(`${LINK(3)} ${LINK(4)}`));
    await waitFor(() => expect(answers).toHaveLength(2));
    answers[1]?.reply(201, taken(2));
    answers[0]?.reply(201, taken(2));
    await waitFor(() => expect(drops()).toEqual([]));
    expect(toast).toHaveBeenCalledTimes(2);
    // One place in the corner for both, and the second one has its full time there.
    const [first, second] = vi.mocked(toast).mock.calls.map(([, options]) => options);
    expect(first?.id).toBe("added a");
    expect(second?.id).toBe("added a");
    expect(second?.duration).not.toBe(first?.duration);
  });

  it("cuts a list's very long name", async () => {
    const { result } = startIn("x".repeat(200));
    act(() => result.current.addText(`${LINK(1)} ${LINK(2)}`));
    await waitFor(() => expect(answers).toHaveLength(1));
    answers[0]?.reply(201, taken(2));
    await waitFor(() => expect(toast).toHaveBeenCalledOnce());
    expect(vi.mocked(toast).mock.calls[0]?.[0]).toBe(`In “${"x".repeat(39)}…”: 2 videos added.`);
  });

  it("keeps a drop into one list for that list, also when another is open by now", async () => {
    const { result, rerender } = start();
    act(() => result.current.addText(`${LINK(1)} ${LINK(2)}`));
    await waitFor(() => expect(answers[0]?.path).toContain("/lists/a/"));
    rerender({ listId: "b" });
    answers[0]?.reply(503, { code: "not_ready", message: "" });
    await waitFor(() =>
      expect(drops()).toMatchObject([{ listId: "a", state: "failed", reason: "not_ready" }]),
    );
    expect(drops()[0]?.text).toContain(LINK(2));
  });

  it("says that the disk is full and keeps what was dropped, to be sent once there is room", async () => {
    const { result } = start();
    act(() => result.current.addText(`${LINK(1)} ${LINK(2)}`));
    await waitFor(() => expect(answers).toHaveLength(1));
    answers[0]?.reply(507, { code: "storage_full", message: "" });
    await waitFor(() =>
      expect(toast).toHaveBeenCalledWith(
        expect.stringMatching(/^Not added\. There is no disk space left on the server\. ./),
      ),
    );
    const [kept] = drops();
    expect(kept).toMatchObject({ state: "failed", reason: "storage_full" });
    act(() => kept && result.current.retry(kept));
    await waitFor(() => expect(answers).toHaveLength(2));
    answers[1]?.reply(201, taken(2));
    await waitFor(() => expect(drops()).toEqual([]));
  });

  it("says which list it was where the list is not to be seen", async () => {
    const { result, rerender } = start();
    rerender({ listId: "a", listName: "Talks" });
    act(() => result.current.addText(`${LINK(1)} ${LINK(2)}`));
    await waitFor(() => expect(answers).toHaveLength(1));
    answers[0]?.reply(201, taken(2));
    await waitFor(() => expect(toast).toHaveBeenCalledWith("In “Talks”: 2 videos added.", expect.anything()));
  });

  it("does not keep what can never be added", async () => {
    const { result } = start();
    act(() => result.current.addText("no link at all"));
    await waitFor(() => expect(answers).toHaveLength(1));
    answers[0]?.reply(422, { code: "no_links_found", message: "" });
    await waitFor(() => expect(toast).toHaveBeenCalledWith("Not added. There is no video link in it."));
    expect(drops()).toEqual([]);
  });

  it("names plainly a file that has no links, and asks the server nothing", async () => {
    const { result } = start();
    const film = new File(["x"], "film.mp4", { type: "video/mp4" });
    await act(() => result.current.addContent({ text: "", files: [film] }));
    expect(toast).toHaveBeenCalledExactlyOnceWith("There are no links in this: film.mp4");
    expect(answers).toEqual([]);
    expect(drops()).toEqual([]);
  });
});

describe("what is looked at first", () => {
  const links = (count: number) =>
    Array.from({ length: count }, (_, n) => `https://youtu.be/aaaaaaaaa${10 + n}`).join("\n");

  it("are more than five links, playlists and channels", () => {
    const { result } = start();
    act(() => result.current.addText(links(6)));
    act(() => result.current.addText("https://www.youtube.com/@somebody"));
    expect(drops()).toMatchObject([
      { listId: "a", state: "preview", text: links(6) },
      { state: "preview", text: "https://www.youtube.com/@somebody" },
    ]);
    expect(answers).toEqual([]);
  });

  it("are files, as they are; the others are named", async () => {
    const { result } = start();
    const files = [
      new File(["PK"], "takeout.zip", { type: "application/zip" }),
      new File(["x"], "b.png", { type: "image/png" }),
    ];
    await act(() => result.current.addContent({ text: "", files }));
    expect(toast).toHaveBeenCalledExactlyOnceWith("There are no links in this: b.png");
    expect(drops()).toMatchObject([{ state: "preview", text: "" }]);
    expect(drops()[0]?.files.map((file) => file.name)).toEqual(["takeout.zip"]);
  });

  it("is sent as it was chosen, and gone when the server has it", async () => {
    const { result } = start();
    act(() => result.current.addText(links(6)));
    const [drop] = drops();
    if (!drop) throw new Error("no drop");
    act(() => result.current.confirm(drop, { options: { list_id: "a", skip: [5] }, youtubeIds: [] }));
    await waitFor(() => expect(answers).toHaveLength(1));
    expect(answers[0]?.path).toBe("/api/imports");
    expect(JSON.parse(answers[0]?.text ?? "")).toEqual({ text: links(6), list_id: "a", skip: [5] });
    expect(drops()).toMatchObject([{ state: "sending" }]);
    answers[0]?.reply(201, taken(5));
    await waitFor(() => expect(toast).toHaveBeenCalledWith("5 videos added.", expect.anything()));
    expect(drops()).toEqual([]);
  });

  it("stays with its choices when that fails, and is sent again without a question", async () => {
    const { result } = start();
    const file = new File(["PK"], "takeout.zip", { type: "application/zip" });
    await act(() => result.current.addContent({ text: "", files: [file] }));
    const [drop] = drops();
    if (!drop) throw new Error("no drop");
    const options = { new_list_name: "Old ones", groups: [1] };
    act(() => result.current.confirm(drop, { options, youtubeIds: [] }));
    await waitFor(() => expect(answers).toHaveLength(1));
    // Also what nobody can help: the choice may be another one.
    answers[0]?.reply(413, { code: "too_many_items", message: "" });
    await waitFor(() => expect(drops()).toMatchObject([{ state: "failed", reason: "too_many_items" }]));
    const [kept] = drops();
    if (!kept) throw new Error("not kept");
    act(() => result.current.retry(kept));
    await waitFor(() => expect(answers).toHaveLength(2));
    expect(answers[1]?.text).toContain('name="file"');
    expect(answers[1]?.text).toContain(JSON.stringify(options));
    answers[1]?.reply(201, taken(3));
    await waitFor(() =>
      expect(toast).toHaveBeenLastCalledWith("In “Old ones”: 3 videos added.", expect.anything()),
    );
    expect(drops()).toEqual([]);
  });

  it("is asked again after a reload, as it was never answered", () => {
    const { result } = start();
    const { ask } = useImportDropStore.getState();
    ask("a", { text: links(6), files: [] });
    useImportDropStore.setState({
      drops: drops().map((drop) => ({ ...drop, state: "failed", reason: "not_confirmed" })),
    });
    const [drop] = drops();
    if (drop) act(() => result.current.retry(drop));
    expect(drops()).toMatchObject([{ state: "preview", reason: null }]);
    expect(answers).toEqual([]);
  });
});
