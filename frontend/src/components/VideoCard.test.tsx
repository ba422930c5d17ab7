import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { aFrame, aLane, anEvent, asNew, aVideo } from "@tests/factories";
import { renderWithApp } from "@tests/render";
import { describe, expect, it, vi } from "vitest";
import { i18n } from "@/lib/i18n";
import { pendingRow, type VideoRow } from "@/lib/rows";
import { importProgressStore } from "@/stores/importProgressStore";
import { VideoCard } from "./VideoCard";

function show(video: VideoRow) {
  const onRemove = vi.fn();
  const onRetry = vi.fn();
  const view = renderWithApp(<VideoCard video={video} onRemove={onRemove} onRetry={onRetry} />);
  return { ...view, onRemove, onRetry, picture: () => view.container.querySelector("img") };
}

const overlay = () => screen.queryByTestId("progress-overlay");

let seq = 0;
function stream(event: Parameters<typeof anEvent>[0], lanes: Parameters<typeof aLane>[0][] = []) {
  seq += 1;
  act(() => {
    importProgressStore.receive(aFrame(seq, { videos: [anEvent(event)], lanes: lanes.map(aLane) }));
    importProgressStore.flush();
  });
}

describe("a tile", () => {
  it("is grey with an empty ring before the server knows of it, and leads nowhere", () => {
    const { picture } = show(pendingRow("list", "dQw4w9WgXcQ"));
    expect(screen.getByRole("progressbar").getAttribute("aria-valuenow")).toBe("0");
    expect(screen.queryByRole("link")).toBeNull();
    expect(screen.queryByRole("button")).toBeNull();
    expect(picture()).toBeNull();
  });

  it("shows its picture without colour while it is imported", () => {
    const { picture } = show(aVideo(asNew));
    expect(picture()?.getAttribute("class")).toContain("picture-importing");
    expect(picture()?.getAttribute("loading")).toBe("lazy");
    expect(screen.queryByRole("link")).toBeNull();
  });

  it("has its title from the stream and can be opened from 25 percent on", () => {
    show(aVideo(asNew));
    stream({ progress: 25, title: "Why bridges sing" });
    expect(screen.getByRole("link", { name: "Why bridges sing" }).getAttribute("href")).toBe(
      "/videos/id-dQw4w9WgXcQ",
    );
    expect(screen.getByRole("progressbar", { name: "Importing, 25 percent" })).toBeTruthy();
  });

  it("ends in colour and without an overlay", async () => {
    const { picture } = show(aVideo({ ...asNew, import_stage: "chapters", import_progress: 90 }));
    stream({ progress: 100, stage: "complete" });
    expect(picture()?.getAttribute("class")).not.toContain("picture-importing");
    expect(overlay()?.className).toContain("opacity-0");
    await vi.waitFor(() => expect(overlay()).toBeNull());
  });

  it("that was complete from the start never had an overlay", () => {
    show(aVideo());
    expect(overlay()).toBeNull();
    expect(screen.getByText("4:07")).toBeTruthy();
  });

  it("that can't be had says why, and offers to try again or remove it", async () => {
    const { onRemove, onRetry } = show(
      aVideo({ ...asNew, import_stage: "error", error_code: "video_private" }),
    );
    expect(screen.getByText("This video is private.")).toBeTruthy();
    expect(overlay()).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    await userEvent.click(screen.getByRole("button", { name: "Remove" }));
    expect(onRetry).toHaveBeenCalledTimes(1);
    expect(onRemove).toHaveBeenCalledTimes(1);
  });

  it("is marked discreetly when it is complete without captions", () => {
    show(aVideo({ captions_source: "none" }));
    expect(screen.getByText("No captions")).toBeTruthy();
  });

  it.each([
    ["video_upcoming", "Not published yet"],
    ["video_live", "Live now"],
    ["video_processing", "Still being processed"],
  ] as const)(
    "that waits for %s says so calmly, without a ring and without an alarm",
    (error_code, words) => {
      show(aVideo({ ...asNew, error_code }));
      expect(screen.getByTestId("wait-badge").textContent).toBe(words);
      expect(overlay()).toBeNull();
      expect(screen.queryByRole("progressbar")).toBeNull();
      expect(screen.queryByRole("button", { name: "Try again" })).toBeNull();
      expect(screen.queryByRole("link")).toBeNull();
    },
  );

  it("says when its premiere is, in German as well, and can be opened once it has a title", async () => {
    vi.useFakeTimers({ now: new Date(2026, 10, 22, 12), toFake: ["Date"] });
    const waiting_until = new Date(2026, 11, 5, 18).toISOString();
    const video = aVideo({ ...asNew, title: "Soon", error_code: "video_upcoming", waiting_until });
    const { rerender } = show(video);
    expect(screen.getByTestId("wait-badge").textContent).toBe("Premiere on Dec 5, 6:00 PM");
    expect(screen.getByRole("link", { name: "Soon" })).toBeTruthy();
    await act(() => i18n.changeLanguage("de"));
    rerender(<VideoCard video={{ ...video }} onRemove={vi.fn()} onRetry={vi.fn()} />);
    expect(screen.getByTestId("wait-badge").textContent).toBe("Premiere am 5. Dez., 18:00");
    vi.useRealTimers();
  });

  it("loses its badge when it goes on", () => {
    show(aVideo({ ...asNew, error_code: "video_live" }));
    stream({ progress: 25, error_code: null, waiting_until: null });
    expect(screen.queryByTestId("wait-badge")).toBeNull();
    expect(screen.getByRole("progressbar", { name: "Importing, 25 percent" })).toBeTruthy();
  });

  it("waits with a clock while the lane it needs is paused", () => {
    show(aVideo({ ...asNew, import_stage: "metadata", import_progress: 25, title: "x" }));
    stream({ progress: 25 }, [{ name: "timedtext", state: "paused" }]);
    expect(screen.getByRole("progressbar", { name: "Waiting, 25 percent done" })).toBeTruthy();
    stream({ progress: 25 }, [{ name: "timedtext", state: "open" }]);
    expect(screen.getByRole("progressbar", { name: "Importing, 25 percent" })).toBeTruthy();
  });

  it("never falls back when its row is older than the stream", () => {
    const row = aVideo({ ...asNew });
    const { rerender } = show(row);
    stream({ progress: 60, stage: "captions" });
    rerender(<VideoCard video={{ ...row }} onRemove={vi.fn()} onRetry={vi.fn()} />);
    expect(screen.getByRole("progressbar").getAttribute("aria-valuenow")).toBe("60");
  });
});
