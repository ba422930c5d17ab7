import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { aJob } from "@tests/factories";
import { describe, expect, it, vi } from "vitest";
import { i18n } from "@/lib/i18n";
import { JobProgressCard } from "./JobProgressCard";

const card = () => screen.getByTestId("job-progress-card");

describe("an import's card", () => {
  it("says in one line whose it is, how far it is and how long it takes", () => {
    render(<JobProgressCard job={aJob({ eta_seconds: 7000 })} listName="Talks" onDismiss={vi.fn()} />);
    expect(card().textContent).toBe("Talks4 of 10about 2 h left");
    expect(screen.getByRole("progressbar").getAttribute("aria-valuenow")).toBe("40");
  });

  it("promises no time that nobody knows, and can be put away while the rest waits for its time", async () => {
    const onDismiss = vi.fn();
    render(<JobProgressCard job={aJob({ eta_seconds: null })} listName="Talks" onDismiss={onDismiss} />);
    expect(card().textContent).toContain("4 videos imported. 6 still waiting.");
    screen.getByRole("button").click();
    expect(onDismiss).toHaveBeenCalledOnce();
  });

  it("ends in a summary that can be put away, in German as well", async () => {
    const onDismiss = vi.fn();
    const summary = {
      total: 50,
      imported: 47,
      without_captions: 2,
      unavailable: { video_private: 1, video_deleted: 0 },
      waiting: 0,
    };
    const job = aJob({ state: "finished", summary });
    const { rerender } = render(<JobProgressCard job={job} listName="Talks" onDismiss={onDismiss} />);
    expect(card().textContent).toBe("Talks: 47 videos imported. 2 without captions, 1 not available.");
    await userEvent.click(screen.getByRole("button", { name: "Hide this summary" }));
    expect(onDismiss).toHaveBeenCalledTimes(1);
    await i18n.changeLanguage("de");
    rerender(<JobProgressCard job={{ ...job }} listName="Talks" onDismiss={onDismiss} />);
    expect(card().textContent).toBe("Talks: 47 Videos importiert. 2 ohne Untertitel, 1 nicht verfügbar.");
  });
});
