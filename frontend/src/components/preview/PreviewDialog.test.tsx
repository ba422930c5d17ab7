import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { makeClient, renderWithApp } from "@tests/render";
import { toast } from "sonner";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { queryKeys } from "@/api/queryKeys";
import type { LibraryRows } from "@/lib/rows";
import { useImportDropStore } from "@/stores/importDropStore";
import type { ImportOptions, Preview, PreviewItem } from "@/types/video";
import PreviewDialog from "./PreviewDialog";

vi.mock("sonner", () => ({ toast: vi.fn() }));

const LISTS = [
  { id: "l1", name: "Watch later", video_count: 0 },
  { id: "l2", name: "Music", video_count: 0 },
];
const items: PreviewItem[] = Array.from({ length: 8 }, (_, i) => ({
  position: i,
  line: i + 1,
  text: `https://youtu.be/aaaaaaaaaa${i}`,
  youtube_id: `aaaaaaaaaa${i}`,
  verdict: i === 7 ? "duplicate" : "new",
  reason_code: null,
  group: i < 4 ? 0 : 1,
}));
const preview: Preview = {
  format: "takeout_archive",
  counts: { new: 7, duplicate: 1, repeated: 0, rejected: 0, playlist: 0 },
  groups: ["Music", "Astronomy"].map((name) => ({ name, item_count: 4, video_count: 4, list_id: null })),
  items,
};

interface Asked {
  path: string;
  options: ImportOptions;
  aborted: () => boolean;
}
let asked: Asked[];
let answer: (asked: Asked) => Response | Promise<Response>;
const drops = () => useImportDropStore.getState().drops;

beforeEach(() => {
  vi.mocked(toast).mockClear();
  asked = [];
  answer = ({ options }) => {
    const chosen = items.filter(({ group }) => !options.groups || options.groups.includes(group ?? -1));
    return Response.json({ ...preview, items: chosen });
  };
  vi.stubGlobal("fetch", async (request: Request) => {
    const path = new URL(request.url).pathname;
    if (request.method === "GET") return Response.json({ items: [], next_cursor: null, total: 0 });
    const { text: _text, ...options } = (await request.json()) as ImportOptions & { text: string };
    const one = { path, options, aborted: () => request.signal.aborted };
    asked.push(one);
    return path === "/api/imports" ? new Promise<Response>(() => {}) : answer(one);
  });
});

async function open() {
  const id = useImportDropStore.getState().ask("l1", { text: "many links", files: [] });
  const client = makeClient();
  client.setQueryData(queryKeys.lists, LISTS);
  client.setQueryData<LibraryRows>(queryKeys.videos("l1"), { items: [], total: 0 });
  const [drop] = drops();
  if (!drop) throw new Error("no drop");
  const view = renderWithApp(<PreviewDialog drop={drop} lists={LISTS} shownListId="l1" />, client);
  return { ...view, id };
}
const confirm = (name: string) => screen.findByRole("button", { name });
const ready = () =>
  waitFor(() => expect(screen.getByTestId("preview").getAttribute("data-state")).toBe("ready"));

describe("the preview", () => {
  it("says what it is, counts its lines, and names what will happen", async () => {
    await open();
    await confirm("Import 7 videos");
    expect(screen.getByRole("heading", { name: "Google Takeout, 2 playlists" })).toBeDefined();
    const counts = within(screen.getByRole("group", { name: "Show only these lines" }));
    expect(counts.getAllByRole("button").map((button) => button.textContent)).toEqual([
      "7New",
      "1Already there",
    ]);
    expect(screen.getAllByRole("status").map((status) => status.textContent)).toContain(
      "7 new videos, 1 already there",
    );
  });

  it("imports what was chosen, with its tiles at once, and is gone", async () => {
    const { client } = await open();
    await confirm("Import 7 videos");
    await userEvent.click(screen.getByRole("checkbox", { name: /^Music/ }));
    await userEvent.click(await confirm("Import 3 videos"));
    expect(drops()).toMatchObject([{ state: "sending" }]);
    const rows = client.getQueryData<LibraryRows>(queryKeys.videos("l1"));
    expect(rows?.items.map((row) => row.youtube_id)).toEqual(["aaaaaaaaaa4", "aaaaaaaaaa5", "aaaaaaaaaa6"]);
    const sent = asked.find(({ path }) => path === "/api/imports");
    expect(sent?.options).toEqual({ list_id: "l1", groups: [1] });
  });

  it("asks again for another choice, once for several in a row, and calls the question before off", async () => {
    await open();
    await confirm("Import 7 videos");
    let late = () => {};
    answer = () =>
      new Promise((resolve) => {
        late = () => resolve(Response.json(preview));
      });
    await userEvent.click(screen.getByRole("switch"));
    await waitFor(() => expect(asked).toHaveLength(2));
    answer = () => Response.json(preview);
    await userEvent.click(screen.getByRole("checkbox", { name: /^Music/ }));
    await userEvent.click(screen.getByRole("checkbox", { name: /^Music/ }));
    await userEvent.click(screen.getByRole("switch"));
    await ready();
    late();
    expect(asked[1]?.aborted()).toBe(true);
    expect(asked.length).toBeLessThanOrEqual(3);
  });

  it("asks nothing when everything is unticked, and says so", async () => {
    await open();
    await confirm("Import 7 videos");
    await userEvent.click(screen.getByRole("checkbox", { name: "Playlists" }));
    expect((await confirm("Nothing to import")).hasAttribute("disabled")).toBe(true);
    expect(screen.getByText("Everything is left out")).toBeDefined();
    await act(() => new Promise((resolve) => setTimeout(resolve, 300)));
    expect(asked).toHaveLength(1);
  });

  it("makes a list of a name, and takes the one that has it", async () => {
    await open();
    await confirm("Import 7 videos");
    await userEvent.selectOptions(screen.getByRole("combobox"), "New list …");
    const name = screen.getByRole("textbox", { name: "Name of the new list" });
    await userEvent.clear(name);
    expect((await confirm("Import 7 videos")).hasAttribute("disabled")).toBe(true);
    await userEvent.type(name, "\u200B\u3164");
    expect((await confirm("Import 7 videos")).hasAttribute("disabled")).toBe(true);
    await userEvent.clear(name);
    await userEvent.type(name, "music");
    expect(screen.getByText("There is a list of this name: the videos go there.")).toBeDefined();
    await userEvent.type(name, " of old");
    await ready();
    await userEvent.click(await confirm("Import 7 videos"));
    const sent = asked.find(({ path }) => path === "/api/imports");
    expect(sent?.options).toEqual({ new_list_name: "music of old" });
  });

  it("keeps what was given when the server can't be reached, and asks it again", async () => {
    answer = () => {
      throw new TypeError("no network");
    };
    await open();
    expect((await screen.findByRole("alert")).textContent).toContain("Videothek can't be reached.");
    expect(drops()).toMatchObject([{ state: "preview" }]);
    answer = () => Response.json(preview);
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    await confirm("Import 7 videos");
  });

  it("lets somebody choose of what is too much, and looks at that", async () => {
    answer = ({ options }) =>
      options.groups
        ? Response.json({ ...preview, items: items.slice(0, 4) })
        : Response.json({ code: "too_many_items", message: "", groups: preview.groups }, { status: 413 });
    await open();
    await userEvent.click(await screen.findByRole("checkbox", { name: /^Music/ }));
    expect(asked).toHaveLength(1);
    await userEvent.click(screen.getByRole("button", { name: "Look again" }));
    await confirm("Import 4 videos");
    expect(asked.at(-1)?.options.groups).toEqual([0]);
  });

  it("says how much is taken at once where the server does", async () => {
    answer = () =>
      Response.json({ code: "too_many_items", message: "", limit: 10_000, groups: [] }, { status: 413 });
    await open();
    expect((await screen.findByRole("alert")).textContent).toBe(
      "More than 10,000 lines at once are too many. Please split them.",
    );
  });

  it("keeps the lists of an own export apart, until somebody wants them in one", async () => {
    answer = () => Response.json({ ...preview, format: "videothek" });
    await open();
    await confirm("Import 7 videos into 2 lists");
    await ready();
    expect(asked.map(({ options }) => options.split_into_lists)).toEqual([undefined, true]);
    await userEvent.click(screen.getByRole("switch", { name: /^Keep the lists apart/ }));
    await ready();
    await userEvent.click(await confirm("Import 7 videos"));
    expect(asked.at(-1)?.options).toEqual({ list_id: "l1" });
  });

  it("speaks of channels and links where they are no playlists and videos", async () => {
    const channel = {
      ...preview.items[0],
      youtube_id: null,
      reason_code: "channel",
      group: null,
    } as PreviewItem;
    const lines: PreviewItem[] = [
      { ...channel, verdict: "playlist" },
      { ...channel, position: 1, line: 2, verdict: "repeated" },
    ];
    answer = () => Response.json({ ...preview, format: "text", groups: [], items: lines });
    await open();
    await confirm("Import 1 channel");
    expect(screen.getByRole("button", { name: /Channels$/ })).toBeDefined();
  });

  it("shows of an empty file only that there is nothing in it", async () => {
    answer = () => Response.json({ ...preview, format: "text", groups: [], items: [] });
    await open();
    await confirm("Nothing to import");
    expect(screen.getByText("There is no video in it")).toBeDefined();
    expect(screen.queryByRole("searchbox")).toBeNull();
    expect(screen.queryByRole("combobox")).toBeNull();
  });

  it("imports nothing when it is closed, and can be brought back as it was", async () => {
    await open();
    await confirm("Import 7 videos");
    await userEvent.click(screen.getByRole("checkbox", { name: /^Music/ }));
    await confirm("Import 3 videos");
    await userEvent.click(screen.getByRole("button", { name: "Cancel" }));
    expect(drops()).toEqual([]);
    const [words, options] = vi.mocked(toast).mock.calls.at(-1) ?? [];
    expect(words).toBe("Nothing was imported.");
    const action = options?.action as { onClick: () => void } | undefined;
    act(() => action?.onClick());
    expect(drops()).toMatchObject([
      { state: "preview", text: "many links", chosen: { options: { groups: [1] } } },
    ]);
  });
});
