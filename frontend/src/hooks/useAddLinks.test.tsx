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

  it("names plainly a file that can't be read, and asks the server nothing", async () => {
    const { result } = start();
    const film = new File(["x"], "film.mp4", { type: "video/mp4" });
    await act(() => result.current.addContent({ text: "", files: [film] }));
    expect(toast).toHaveBeenCalledExactlyOnceWith("Can’t be read, not a text: film.mp4");
    expect(answers).toEqual([]);
  });

  it("reads the files it can and names the others", async () => {
    const { result } = start();
    const files = [
      new File([`${LINK(1)}\n${LINK(2)}`], "a.txt", { type: "text/plain" }),
      new File(["x"], "b.png", { type: "image/png" }),
    ];
    await act(() => result.current.addContent({ text: "", files }));
    await waitFor(() => expect(answers[0]?.text).toContain("aaaaaaaaaa2"));
    expect(toast).toHaveBeenCalledExactlyOnceWith("Can’t be read, not a text: b.png");
  });
});
