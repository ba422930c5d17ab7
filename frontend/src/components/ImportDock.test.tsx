import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { aJob } from "@tests/factories";
import { makeClient, renderWithApp } from "@tests/render";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { pauseImport } from "@/api/imports";
import { queryKeys } from "@/api/queryKeys";
import { useDockStore } from "@/stores/dockStore";
import type { ImportJob } from "@/types/video";
import { ImportDock } from "./ImportDock";

vi.mock("@/api/imports");

const jobs = (count: number): ImportJob[] =>
  Array.from({ length: count }, (_, i) =>
    aJob({ id: `i${i}`, created_at: `2026-01-0${9 - i}T00:00:00Z`, eta_seconds: 7000 }),
  );
const single = aJob({
  id: "one",
  counts: { new: 1, duplicate: 0, repeated: 0, rejected: 0, playlist: 0 },
  summary: { ...aJob().summary, total: 1, imported: 0, waiting: 1 },
});

function show(imports: ImportJob[], withJobs = true) {
  const client = makeClient();
  client.setQueryData(queryKeys.imports, imports);
  client.setQueryData(queryKeys.lanes, []);
  client.setQueryData(queryKeys.lists, []);
  return renderWithApp(<ImportDock quiet={false} withJobs={withJobs} />, client);
}
const cards = () => screen.queryAllByTestId("job-progress-card");

beforeAll(() => import("./imports/DockPanel"));

beforeEach(() => {
  useDockStore.setState({ open: true, unfolded: [] });
});

describe("the dock", () => {
  it("has one line for one import", async () => {
    show(jobs(1));
    await screen.findByTestId("job-progress-card");
    expect(screen.queryByTestId("dock-line")).toBeNull();
  });

  it("has nothing for a single video, and nothing for what is over", () => {
    show([single, aJob({ state: "finished" })]);
    expect(screen.queryByTestId("import-dock")).toBeNull();
  });

  it("has nothing where somebody watches a video", () => {
    show(jobs(1), false);
    expect(screen.queryByTestId("import-dock")).toBeNull();
  });

  it("folds several into one line, and remembers that", async () => {
    const { unmount } = show(jobs(3));
    const line = await screen.findByTestId("dock-line");
    expect(line.textContent).toBe("3 imports12 / 30about 2 h left");
    expect(cards()).toHaveLength(3);
    await userEvent.click(within(line).getByRole("button", { name: /^3 imports/ }));
    expect(cards()).toHaveLength(0);
    unmount();
    show(jobs(3));
    expect((await screen.findByTestId("dock-line")).textContent).toContain("3 imports");
    expect(cards()).toHaveLength(0);
    expect(screen.getByRole("progressbar").getAttribute("aria-valuenow")).toBe("40");
  });

  it("speaks of what runs where one is held: its rest has no time", async () => {
    const [held, ...others] = jobs(3);
    show([aJob({ ...held, state: "paused", eta_seconds: null }), ...others]);
    const line = await screen.findByTestId("dock-line");
    expect(line.textContent).toBe("2 of 3 imports8 / 20about 2 h left");
  });

  it("shows the newest two of many, and leads to the rest", async () => {
    show(jobs(5));
    await screen.findByTestId("dock-line");
    expect(cards()).toHaveLength(2);
    expect(screen.getByRole("link", { name: "+3 more" }).getAttribute("href")).toBe("/imports");
  });

  it("remembers which import is unfolded", async () => {
    const { unmount } = show(jobs(2));
    await screen.findByTestId("dock-line");
    const second = () => cards()[1] as HTMLElement;
    await userEvent.click(within(second()).getAllByRole("button")[0] as HTMLElement);
    expect(within(second()).getByText("Done")).toBeTruthy();
    unmount();
    show(jobs(2));
    await screen.findByTestId("dock-line");
    expect(within(second()).getByText("Done")).toBeTruthy();
    expect(screen.getAllByText("Done")).toHaveLength(1);
  });

  it("holds all of them with one click", async () => {
    vi.mocked(pauseImport).mockImplementation(async (id) => aJob({ id, state: "paused" }));
    show(jobs(2));
    await userEvent.click(await screen.findByRole("button", { name: "Pause all" }));
    expect(await screen.findByRole("button", { name: "Resume all" })).toBeTruthy();
    expect(vi.mocked(pauseImport).mock.calls).toEqual([["i0"], ["i1"]]);
  });
});
