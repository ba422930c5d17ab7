import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { aFrame, aJob, aLane } from "@tests/factories";
import { describe, expect, it, vi } from "vitest";
import { i18n } from "@/lib/i18n";
import { importProgressStore } from "@/stores/importProgressStore";
import { JobProgressCard } from "./JobProgressCard";

const card = () => screen.getByTestId("job-progress-card");

describe("an import's card", () => {
  it("says in one line whose it is, how far it is and how long it takes", () => {
    render(<JobProgressCard job={aJob({ eta_seconds: 7000 })} listName="Talks" onDismiss={vi.fn()} />);
    expect(card().textContent).toBe("Talks4 of 10about 2 hours left");
    expect(screen.getByRole("progressbar").getAttribute("aria-valuenow")).toBe("40");
  });

  it("promises no time that nobody knows", () => {
    render(<JobProgressCard job={aJob({ eta_seconds: null })} listName="Talks" onDismiss={vi.fn()} />);
    expect(card().textContent).toBe("Talks4 of 10");
  });

  it("says that it is up to YouTube while a needed lane pauses without a known end", () => {
    render(<JobProgressCard job={aJob({ eta_seconds: null })} listName="Talks" onDismiss={vi.fn()} />);
    act(() => {
      importProgressStore.receive(aFrame(1, { lanes: [aLane({ state: "paused", waiting: 6 })] }));
      importProgressStore.flush();
    });
    expect(card().textContent).toBe("Talks4 of 10as soon as YouTube lets us again");
  });

  it("does not let its time alternate between two values", () => {
    const show = (eta_seconds: number) => (
      <JobProgressCard job={aJob({ eta_seconds })} listName="Talks" onDismiss={vi.fn()} />
    );
    const { rerender } = render(show(12.4 * 60));
    for (const minutes of [12.6, 12.4, 12.7, 11.9]) {
      rerender(show(minutes * 60));
      expect(card().textContent).toContain("about 12 minutes left");
    }
    rerender(show(40));
    expect(card().textContent).toContain("less than a minute left");
  });

  it("can be put away while the rest waits for a time of its own", async () => {
    const onDismiss = vi.fn();
    const summary = {
      total: 10,
      imported: 8,
      without_captions: 0,
      unavailable: {},
      waiting: 2,
      later: 2,
      stopped: 0,
    };
    render(<JobProgressCard job={aJob({ summary })} listName="Talks" onDismiss={onDismiss} />);
    expect(card().textContent).toBe("Talks: 8 videos imported. 2 come later.");
    await userEvent.click(screen.getByRole("button"));
    expect(onDismiss).toHaveBeenCalledOnce();
  });

  it("ends in a summary that can be put away, in German as well", async () => {
    const onDismiss = vi.fn();
    const summary = {
      total: 50,
      imported: 47,
      without_captions: 2,
      unavailable: { video_private: 1, video_deleted: 0 },
      waiting: 1,
      later: 1,
      stopped: 0,
    };
    const job = aJob({ state: "finished", summary });
    const { rerender } = render(<JobProgressCard job={job} listName="Talks" onDismiss={onDismiss} />);
    expect(card().textContent).toBe(
      "Talks: 47 videos imported. 2 without captions, 1 not available (private), 1 comes later.",
    );
    await userEvent.click(screen.getByRole("button", { name: "Hide this summary" }));
    expect(onDismiss).toHaveBeenCalledTimes(1);
    await i18n.changeLanguage("de");
    rerender(<JobProgressCard job={{ ...job }} listName="Talks" onDismiss={onDismiss} />);
    expect(card().textContent).toBe(
      "Talks: 47 Videos importiert. 2 ohne Untertitel, 1 nicht verfügbar (privat), 1 kommt später.",
    );
  });
});
