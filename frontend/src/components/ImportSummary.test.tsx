import { act, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { aFrame, aJob, NO_PLAYLISTS } from "@tests/factories";
import { makeClient, renderWithApp } from "@tests/render";
import { Toaster, toast } from "sonner";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { queryKeys } from "@/api/queryKeys";
import { i18n } from "@/lib/i18n";
import { importProgressStore } from "@/stores/importProgressStore";
import type { ImportJob, VideoList } from "@/types/video";
import { ImportSummary } from "./ImportSummary";

const ended = {
  total: 50,
  imported: 47,
  without_captions: 2,
  unavailable: { video_private: 1 },
  waiting: 2,
  later: 2,
  stopped: 0,
  playlists: NO_PLAYLISTS,
};
const lists: VideoList[] = [{ id: "list", name: "Talks", video_count: 50 }];

function show(jobs: ImportJob[], path = "/") {
  const client = makeClient();
  client.setQueryData(queryKeys.imports, jobs);
  client.setQueryData(queryKeys.lists, lists);
  return renderWithApp(
    <>
      <ImportSummary />
      <Toaster />
    </>,
    client,
    path,
  );
}

let seq = 0;
async function stream(...imports: ImportJob[]) {
  seq += 1;
  await act(async () => {
    importProgressStore.receive(aFrame(seq, { imports }));
    importProgressStore.flush();
  });
}
/** The toast's code is fetched when it is needed. */
const patience = () => act(() => new Promise((resolve) => setTimeout(resolve, 150)));
const toasts = () => screen.queryAllByTestId("import-summary");
const text = () => toasts().map((element) => element.textContent);
const finished = aJob({ state: "finished", summary: ended });

// jsdom knows no pointers that could be captured.
Element.prototype.setPointerCapture ??= () => {};

// The first import of a part takes its time, and what is not there is looked for after a moment.
beforeAll(() => import("./imports/summaryToast"));

afterEach(() => {
  toast.dismiss();
  seq = 0;
});

describe("the summary of an import", () => {
  it("comes at its end with true counts, and never in between", async () => {
    show([aJob()]);
    await stream(aJob({ progress_percent: 70, summary: { ...ended, waiting: 9 } }));
    await stream(aJob({ state: "paused" }));
    await stream(aJob());
    await patience();
    expect(toasts()).toHaveLength(0);
    await stream(finished);
    await waitFor(() => expect(toasts()).toHaveLength(1));
    expect(text()).toEqual([
      "Import into “Talks” finished47 videos imported. 2 without captions, 1 not available, 2 come later.Details",
    ]);
  });

  it("does not come when the import went with its list", async () => {
    show([aJob()]);
    const gone = {
      ...ended,
      total: 0,
      imported: 0,
      without_captions: 0,
      unavailable: {},
      waiting: 0,
      later: 0,
    };
    await stream(aJob({ state: "finished", list_id: null, summary: gone }));
    await patience();
    expect(toasts()).toHaveLength(0);
  });

  it.each([
    ["in sight", "list", 0],
    ["out of sight", "another", 1],
  ])("of a few videos %s of their list comes as often as it should", async (_, listId, times) => {
    const few = { counts: { new: 5, duplicate: 0, repeated: 0, rejected: 0, playlist: 0 } };
    show([aJob(few)], `/lists/${listId}`);
    await stream(aJob({ ...few, state: "finished", summary: { ...ended, total: 5, imported: 5 } }));
    await patience();
    expect(toasts()).toHaveLength(times);
  });

  it("comes once", async () => {
    show([aJob()]);
    await stream(finished);
    await stream({ ...finished, summary: { ...ended, imported: 48, waiting: 1, later: 1 } });
    await patience();
    expect(toasts()).toHaveLength(1);
  });

  it("does not come of what was over when the page was loaded", async () => {
    show([finished]);
    await stream(finished);
    await patience();
    expect(toasts()).toHaveLength(0);
  });

  it("does not come of a single video", async () => {
    const single = {
      counts: { new: 1, duplicate: 0, repeated: 0, rejected: 0, playlist: 0 },
      summary: { ...ended, total: 1, imported: 1, waiting: 0, later: 0 },
    };
    show([aJob(single)]);
    await stream(aJob({ ...single, state: "finished" }));
    await patience();
    expect(toasts()).toHaveLength(0);
  });

  it("comes also when the end was read in the list, because the connection was away", async () => {
    const { client } = show([aJob()]);
    await act(async () => client.setQueryData(queryKeys.imports, [finished]));
    await waitFor(() => expect(toasts()).toHaveLength(1));
  });

  it("of a cancelled import says what is stopped, and that nothing waits", async () => {
    show([aJob()]);
    await stream(aJob({ state: "cancelled", summary: { ...ended, waiting: 40, later: 0, stopped: 40 } }));
    await waitFor(() => expect(toasts()).toHaveLength(1));
    expect(text()[0]).toContain("Import into “Talks” cancelled");
    expect(text()[0]).toContain("1 not available, 40 stopped.");
    expect(text()[0]).not.toContain("waiting");
  });

  it.each([
    ["en", 1, "1 video imported. 1 without captions, 1 not available, 1 comes later."],
    ["en", 1200, "1,200 videos imported. 1,200 without captions, 1,200 not available, 1,200 come later."],
    ["de", 1, "1 Video importiert. 1 ohne Untertitel, 1 nicht verfügbar, 1 kommt später."],
    [
      "de",
      1200,
      "1.200 Videos importiert. 1.200 ohne Untertitel, 1.200 nicht verfügbar, 1.200 kommen später.",
    ],
  ])("has the right plurals (%s, %i)", async (language, count, expected) => {
    await i18n.changeLanguage(language);
    show([aJob()]);
    const summary = {
      total: 4 * count,
      imported: count,
      without_captions: count,
      unavailable: { video_private: count },
      waiting: count,
      later: count,
      stopped: 0,
      playlists: NO_PLAYLISTS,
    };
    const counts = { new: 4 * count, duplicate: 0, repeated: 0, rejected: 0, playlist: 0 };
    await stream(aJob({ state: "finished", summary, counts }));
    await waitFor(() => expect(toasts()).toHaveLength(1));
    expect(text()[0]).toContain(expected);
  });

  it("leads to every line of the import, and can be put away", async () => {
    show([aJob()]);
    await stream(finished);
    const details = await screen.findByRole("link", { name: "Details" });
    expect(details.getAttribute("href")).toBe("/imports/import");
    await userEvent.click(screen.getByRole("button", { name: "Close" }));
    await waitFor(() => expect(toasts()).toHaveLength(0));
  });
});
