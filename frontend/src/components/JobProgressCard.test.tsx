import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { aFrame, aJob, aLane, NO_PLAYLISTS } from "@tests/factories";
import { makeClient, renderWithApp } from "@tests/render";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { cancelImport, pauseImport, resumeImport } from "@/api/imports";
import { queryKeys } from "@/api/queryKeys";
import { useImportJobs } from "@/hooks/useImportProgress";
import { ApiError } from "@/lib/apiError";
import { i18n } from "@/lib/i18n";
import { forgetEstimates } from "@/lib/steadyEstimates";
import { importProgressStore } from "@/stores/importProgressStore";
import type { ImportJob } from "@/types/video";
import { JobProgressCard } from "./JobProgressCard";

vi.mock("@/api/imports");

beforeAll(() => import("./imports/CancelDialog"));

const card = () => screen.getByTestId("job-progress-card");
const line = () => within(card()).getAllByRole("button")[0] as HTMLElement;
const button = (name: string | RegExp) => screen.getByRole("button", { name });
const summary = {
  total: 1000,
  imported: 605,
  without_captions: 14,
  unavailable: { video_private: 5, video_deleted: 2 },
  waiting: 388,
  later: 3,
  stopped: 0,
  playlists: NO_PLAYLISTS,
};

function Card({ job, open }: { job: ImportJob; open: boolean }) {
  return <JobProgressCard job={job} listName="Talks" open={open} onToggle={vi.fn()} />;
}
const show = (job: ImportJob, open = false) => renderWithApp(<Card job={job} open={open} />);

/** As it is in the page: with what the server and the person have said. */
function Live() {
  const [job] = useImportJobs();
  return job ? <Card job={job} open /> : null;
}
/** As the dock does it: what is over is not shown. */
function Unfinished() {
  const [job] = useImportJobs();
  return job && job.state !== "cancelled" ? <Card job={job} open /> : null;
}
function showLive(job: ImportJob) {
  const client = makeClient();
  client.setQueryData(queryKeys.imports, [job]);
  return renderWithApp(<Live />, client);
}

beforeEach(() => {
  vi.resetAllMocks();
  forgetEstimates();
});

describe("an import's card", () => {
  it("says in one line whose it is, how far it is and how long it takes", () => {
    show(aJob({ eta_seconds: 7000 }));
    expect(line().textContent).toBe("Talks4 / 10about 2 h left");
    expect(line().getAttribute("aria-expanded")).toBe("false");
    expect(screen.getByRole("progressbar").getAttribute("aria-valuenow")).toBe("40");
    expect(screen.queryByText("Done")).toBeNull();
  });

  it("promises no time that nobody knows", () => {
    show(aJob({ eta_seconds: null }), true);
    expect(line().textContent).toBe("Talks4 / 10");
    expect(card().textContent).toContain("Time leftnot known yet");
  });

  it("says that it is up to YouTube while a needed lane pauses without a known end", () => {
    show(aJob({ eta_seconds: null }));
    act(() => {
      importProgressStore.receive(aFrame(1, { lanes: [aLane({ state: "paused", waiting: 6 })] }));
      importProgressStore.flush();
    });
    expect(line().textContent).toBe("Talks4 / 10waiting for YouTube");
  });

  it("does not let its time alternate between two values", () => {
    const job = (minutes: number) => aJob({ eta_seconds: minutes * 60 });
    const { rerender } = show(job(12.4));
    for (const minutes of [12.6, 12.4, 12.7, 11.9]) {
      rerender(<Card job={job(minutes)} open={false} />);
      expect(line().textContent).toContain("about 12 min left");
    }
    rerender(<Card job={job(40 / 60)} open={false} />);
    expect(line().textContent).toContain("under 1 min left");
  });

  it("unfolded tells all of its numbers, in German as well", async () => {
    await i18n.changeLanguage("de");
    show(aJob({ summary, progress_percent: 70.4, eta_seconds: 7000 }), true);
    const facts = card().querySelector("dl")?.textContent;
    expect(facts).toMatch(/^Fertig612 von 1\.000 · 70\s%/);
    expect(facts).toContain("Ohne Untertitel14");
    expect(facts).toContain("Nicht verfügbar7");
    expect(facts).toContain("Im Import385Wartend3");
    expect(facts).toContain("Restzeitnoch etwa 2 Stunden");
    expect(facts).toMatch(/Begonnen\d/);
    expect(facts).not.toContain("Gestoppt");
  });

  it("leads to all of its lines", () => {
    show(aJob(), true);
    expect(screen.getByRole("link", { name: "All lines" }).getAttribute("href")).toBe("/imports/import");
  });

  it("asks to be unfolded, and folded again", async () => {
    const onToggle = vi.fn();
    renderWithApp(<JobProgressCard job={aJob()} listName={null} open={false} onToggle={onToggle} />);
    expect(line().textContent).toMatch(/^10 videos/);
    await userEvent.click(line());
    expect(onToggle).toHaveBeenCalledOnce();
  });
});

describe("an import that is held", () => {
  it("says so instead of a time, and offers to go on with one click", async () => {
    vi.mocked(resumeImport).mockResolvedValue(aJob());
    show(aJob({ state: "paused", eta_seconds: null }));
    expect(line().textContent).toBe("Talks4 / 10Paused");
    await userEvent.click(button("Resume: Talks"));
    expect(resumeImport).toHaveBeenCalledWith("import");
  });

  it("says so in its numbers as well", () => {
    show(aJob({ state: "paused", eta_seconds: null, summary }), true);
    const facts = card().querySelector("dl")?.textContent;
    expect(facts).toContain("Paused388");
    expect(facts).not.toMatch(/Importing|Waiting/);
  });

  it("looks held at once, before the server has answered", async () => {
    let answer: (job: ImportJob) => void = () => {};
    vi.mocked(pauseImport).mockReturnValue(
      new Promise((resolve) => {
        answer = resolve;
      }),
    );
    showLive(aJob());
    await userEvent.click(button("Pause: Talks"));
    expect(card().dataset.state).toBe("paused");
    await act(async () => answer(aJob({ state: "paused", eta_seconds: null })));
    expect(card().dataset.state).toBe("paused");
    expect(pauseImport).toHaveBeenCalledOnce();
  });

  it("runs again by itself when the server refuses", async () => {
    vi.mocked(pauseImport).mockRejectedValue(new ApiError(409, { code: "import_is_over", message: "" }));
    showLive(aJob());
    await userEvent.click(button("Pause: Talks"));
    await waitFor(() => expect(card().dataset.state).toBe("running"));
  });
});

describe("cancelling an import", () => {
  beforeEach(() => {
    HTMLDialogElement.prototype.showModal = function open() {
      this.open = true;
    };
    HTMLDialogElement.prototype.close = function close() {
      this.open = false;
    };
    vi.mocked(cancelImport).mockResolvedValue(aJob({ state: "cancelled" }));
  });
  const ask = async () => {
    showLive(aJob({ summary }));
    await userEvent.click(button("Cancel"));
    return screen.findByRole("dialog");
  };

  it("asks what is to become of the rest, and says that nothing done is at stake", async () => {
    const dialog = await ask();
    expect(dialog.textContent).toContain("388 videos are left. What is done stays in any case.");
    await userEvent.click(button("Keep the 388, stopped"));
    expect(cancelImport).toHaveBeenCalledWith("import", "keep");
  });

  it("removes the rest only when that was chosen", async () => {
    await ask();
    await userEvent.click(button("Remove the 388"));
    expect(cancelImport).toHaveBeenCalledWith("import", "remove");
  });

  it("does not change its number while somebody aims at it", async () => {
    await ask();
    act(() => {
      const further = { ...summary, imported: 615, waiting: 378 };
      importProgressStore.receive(aFrame(1, { imports: [aJob({ summary: further })] }));
      importProgressStore.flush();
    });
    expect(line().textContent).toContain("622 / 1,000");
    expect(button("Keep the 388, stopped")).toBeTruthy();
  });

  it("speaks of one as of one", async () => {
    showLive(aJob({ summary: { ...summary, waiting: 1, later: 0 } }));
    await userEvent.click(button("Cancel"));
    const dialog = await screen.findByRole("dialog");
    expect(dialog.textContent).toContain("Keep it, stoppedIt stays in the list");
    expect(dialog.textContent).toContain("Remove itIt disappears from the list.");
  });

  it("hands the focus on to the content when its card goes", async () => {
    const client = makeClient();
    client.setQueryData(queryKeys.imports, [aJob({ summary })]);
    renderWithApp(
      <>
        <main id="main">Tiles</main>
        <Unfinished />
      </>,
      client,
    );
    const cancel = button("Cancel");
    // As browsers do it, and jsdom does not.
    HTMLDialogElement.prototype.close = () => cancel.focus();
    await userEvent.click(cancel);
    await screen.findByRole("dialog");
    await userEvent.click(button("Keep the 388, stopped"));
    await waitFor(() => expect(screen.queryByTestId("job-progress-card")).toBeNull());
    await waitFor(() => expect(document.activeElement?.id).toBe("main"));
  });

  it("changes nothing when the person thinks better of it", async () => {
    await ask();
    await userEvent.click(button("Go on importing"));
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(cancelImport).not.toHaveBeenCalled();
    expect(card().dataset.state).toBe("running");
  });
});

describe("an import that was cancelled", () => {
  it("waits for nothing: what is left is stopped, and can go on", () => {
    show(aJob({ state: "cancelled", summary: { ...summary, later: 0, stopped: 388 } }), true);
    const facts = card().querySelector("dl")?.textContent;
    expect(facts).toContain("Importing0");
    expect(facts).toContain("Stopped388");
    expect(button("Resume")).toBeTruthy();
  });
});
