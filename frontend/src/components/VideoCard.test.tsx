import { act, fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { aFrame, aLane, anEvent, asNew, aVideo } from "@tests/factories";
import { renderWithApp } from "@tests/render";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { CanEditContext } from "@/hooks/useCanEdit";
import { i18n } from "@/lib/i18n";
import { pendingRow, type VideoRow } from "@/lib/rows";
import { importProgressStore } from "@/stores/importProgressStore";
import { selectionStore } from "@/stores/selectionStore";
import { VideoCard } from "./VideoCard";

function show(video: VideoRow, props: Partial<Parameters<typeof VideoCard>[0]> = {}) {
  const onRemove = vi.fn();
  const onRetry = vi.fn();
  const view = renderWithApp(<VideoCard video={video} onRemove={onRemove} onRetry={onRetry} {...props} />);
  return { ...view, onRemove, onRetry, picture: () => view.container.querySelector("img") };
}

const overlay = () => screen.queryByTestId("progress-overlay");
const bar = () => screen.getByRole("progressbar");
const said = () => bar().getAttribute("aria-valuetext");
const box = () => screen.getByRole("checkbox");
const card = () => screen.getByRole("article");
const fetching = { ...asNew, import_stage: "metadata", import_progress: 25, title: "Rain" } as const;

let seq = 0;
function stream(event: Parameters<typeof anEvent>[0], lanes: Parameters<typeof aLane>[0][] = []) {
  seq += 1;
  act(() => {
    importProgressStore.receive(aFrame(seq, { videos: [anEvent(event)], lanes: lanes.map(aLane) }));
    importProgressStore.flush();
  });
}

beforeAll(() => Promise.all([import("./ui/menuParts"), import("./captions/MakeCaptionsItem")]));
afterEach(() => act(() => selectionStore.clear()));

describe("a tile", () => {
  it("is grey with an empty ring before the server knows of it, and nothing can be done with it", () => {
    const { picture } = show(pendingRow("list", "dQw4w9WgXcQ"));
    expect(bar().getAttribute("aria-valuenow")).toBe("0");
    expect(said()).toBe("Being added");
    expect(screen.queryByRole("link")).toBeNull();
    expect(screen.queryByRole("button")).toBeNull();
    expect(screen.queryByRole("checkbox")).toBeNull();
    expect(picture()).toBeNull();
  });

  it("shows its picture without colour while it is imported", () => {
    const { picture } = show(aVideo(asNew));
    expect(picture()?.getAttribute("class")).toContain("picture-importing");
    expect(picture()?.getAttribute("loading")).toBe("lazy");
    expect(screen.queryByRole("link")).toBeNull();
    expect(said()).toBe("Looking up the title, 0 percent");
  });

  it("has its title from the stream and can be opened from 25 percent on", () => {
    show(aVideo(asNew));
    stream({ progress: 25, title: "Why bridges sing" });
    expect(screen.getByRole("link", { name: "Why bridges sing" }).getAttribute("href")).toBe(
      "/videos/id-dQw4w9WgXcQ",
    );
    expect(screen.getByRole("progressbar", { name: "Import of Why bridges sing" })).toBeTruthy();
    expect(said()).toBe("Fetching captions, 25 percent");
  });

  it("says its stage in German as well", async () => {
    await act(() => i18n.changeLanguage("de"));
    show(aVideo({ ...fetching, import_stage: "captions", import_progress: 60 }));
    expect(said()).toBe("Kapitel werden gelesen, 60 Prozent");
  });

  it("ends in colour and without an overlay", async () => {
    const { picture } = show(aVideo({ ...asNew, import_stage: "chapters", import_progress: 90 }));
    stream({ progress: 100, stage: "complete" });
    expect(picture()?.getAttribute("class")).not.toContain("picture-importing");
    expect(overlay()?.className).toContain("opacity-0");
    await vi.waitFor(() => expect(overlay()).toBeNull(), 10_000);
  });

  it("ends at once for somebody who asked for stillness", () => {
    vi.stubGlobal("matchMedia", (query: string) => ({
      matches: query.includes("reduced-motion"),
      addEventListener() {},
      removeEventListener() {},
    }));
    show(aVideo({ ...asNew, import_stage: "chapters", import_progress: 90 }));
    stream({ progress: 100, stage: "complete" });
    expect(overlay()).toBeNull();
  });

  it("that was complete from the start never had an overlay", () => {
    show(aVideo());
    expect(overlay()).toBeNull();
    expect(screen.getByText("4:07")).toBeTruthy();
    expect(card().dataset.state).toBe("complete");
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

  it.each([false, true])(
    "that can't be had offers nothing of that to whoever only looks, line: %s",
    async (line) => {
      const video = aVideo({ ...asNew, import_stage: "error", error_code: "video_private" });
      renderWithApp(
        <CanEditContext value={false}>
          <VideoCard video={video} line={line} onRemove={vi.fn()} onRetry={vi.fn()} />
        </CanEditContext>,
      );
      expect(screen.queryByRole("button", { name: "Try again" })).toBeNull();
      expect(screen.queryByRole("button", { name: "Remove" })).toBeNull();
      await userEvent.click(screen.getByRole("button", { name: /^Actions for/ }));
      const items = (await screen.findAllByRole("menuitem")).map((item) => item.textContent);
      expect(items).toEqual(["Select", "Open on YouTube", "Copy link"]);
    },
  );

  it("that can't be had takes the focus itself, and says which it is and why", () => {
    show(aVideo({ ...asNew, title: "Rain", import_stage: "error", error_code: "video_deleted" }));
    expect(card().tabIndex).toBe(0);
    expect(card().getAttribute("aria-label")).toBe("Rain. This video no longer exists.");
  });

  it("is marked discreetly when it is complete without captions", () => {
    show(aVideo({ captions_source: "none" }));
    expect(screen.getByText("No captions").className).toBe("sr-only");
    expect(card().dataset.state).toBe("without_captions");
  });

  it.each([
    ["captions_failed", false, "No captions, they could not be made"],
    ["audio_too_long", false, "No captions, too long to make them unasked"],
    ["captions_locked", false, "No captions, YouTube does not hand them out"],
    ["transcription_budget", true, "Captions come when there is budget again"],
    ["transcription_key_invalid", true, "Captions come later"],
    ["transcription_off", true, "Captions from the sound are switched off"],
  ] as const)("says why there are none: %s", (captions_code, captions_pending, words) => {
    show(aVideo({ captions_source: "none", captions_pending, captions_code }));
    expect(screen.getByText(words).className).toBe("sr-only");
  });

  it("moves its ring part by part while its captions are made", () => {
    show(aVideo({ import_stage: "metadata", import_progress: 25, captions_source: null }));
    for (const progress of [31, 44, 58]) {
      stream({ stage: "metadata", progress });
      const ring = screen.getByRole("progressbar");
      expect(ring.getAttribute("aria-valuenow")).toBe(String(progress));
      expect(ring.getAttribute("aria-valuetext")).toMatch(/^Making captions from the sound/);
    }
  });

  it("says something else while its captions are still being made", () => {
    show(aVideo({ captions_source: "none", captions_pending: true }));
    expect(screen.queryByText("No captions")).toBeNull();
    expect(screen.getByText("Captions are being made")).toBeTruthy();
    stream({ stage: "complete", progress: 100, captions_source: "whisper" });
    expect(screen.queryByText("Captions are being made")).toBeNull();
  });

  it.each([
    ["video_upcoming", "Not published yet"],
    ["video_live", "Live now"],
    ["video_processing", "Still being processed"],
    ["import_cancelled", "Stopped"],
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

  it("that failed several times says when the next try is", () => {
    vi.useFakeTimers({ now: new Date(2026, 10, 22, 12), toFake: ["Date"] });
    show(aVideo({ ...fetching, waiting_until: new Date(2026, 10, 22, 15, 30).toISOString() }));
    expect(screen.getByTestId("wait-badge").textContent).toBe("Next try at 3:30 PM");
    vi.useRealTimers();
  });

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

  it("that was stopped with its import can be tried again from its menu", async () => {
    const { onRetry } = show(aVideo({ ...fetching, error_code: "import_cancelled" }));
    await userEvent.click(screen.getByRole("button", { name: "Actions for Rain" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Try again" }));
    expect(onRetry).toHaveBeenCalledTimes(1);
  });

  it("loses its badge when it goes on", () => {
    show(aVideo({ ...asNew, error_code: "video_live" }));
    stream({ progress: 25, error_code: null, waiting_until: null });
    expect(screen.queryByTestId("wait-badge")).toBeNull();
    expect(said()).toBe("Fetching captions, 25 percent");
  });

  it("waits with a clock while the lane it needs is paused", () => {
    show(aVideo(fetching));
    stream({ progress: 25 }, [{ name: "timedtext", state: "paused" }]);
    expect([bar().dataset.mark, said()]).toEqual([
      "clock",
      "Waiting, YouTube is setting the pace, 25 percent",
    ]);
    stream({ progress: 25 }, [{ name: "timedtext", state: "open" }]);
    expect([bar().dataset.mark, said()]).toEqual(["percent", "Fetching captions, 25 percent"]);
  });

  it("keeps its ring with a pause in it while its import is paused", () => {
    show(aVideo(fetching), { importPaused: true });
    expect([bar().dataset.mark, said()]).toEqual(["pause", "Import paused, 25 percent"]);
    expect(screen.getByRole("link", { name: "Rain" })).toBeTruthy();
  });

  it("keeps its premiere while its import is paused, but promises no next try", () => {
    const waiting_until = new Date(Date.now() + 3_600_000).toISOString();
    const { rerender } = show(aVideo({ ...fetching, waiting_until }), { importPaused: true });
    expect(bar().dataset.mark).toBe("pause");
    const upcoming = aVideo({ ...fetching, waiting_until, error_code: "video_upcoming" });
    rerender(<VideoCard video={upcoming} importPaused onRemove={vi.fn()} onRetry={vi.fn()} />);
    expect(screen.getByTestId("wait-badge").textContent).toContain("Premiere");
  });

  it("that is over does not care whether its import is paused", () => {
    show(aVideo(), { importPaused: true });
    expect(card().dataset.state).toBe("complete");
  });

  it("never falls back when its row is older than the stream", () => {
    const row = aVideo({ ...asNew });
    const { rerender } = show(row);
    stream({ progress: 60, stage: "captions" });
    rerender(<VideoCard video={{ ...row }} onRemove={vi.fn()} onRetry={vi.fn()} />);
    expect(bar().getAttribute("aria-valuenow")).toBe("60");
  });

  it("is chosen by its box, and framed and checked while it is", async () => {
    show(aVideo());
    expect(box().getAttribute("aria-label")).toBe("Select A walk in the rain");
    await userEvent.click(box());
    expect([box().getAttribute("aria-checked"), card().className.includes("tile-selected")]).toEqual([
      "true",
      true,
    ]);
    await userEvent.click(box());
    expect([box().getAttribute("aria-checked"), card().dataset.selected]).toEqual(["false", undefined]);
  });

  it("is one stop of the Tab key or none, with everything that is on it", () => {
    const { container, rerender } = show(aVideo(), { tabStop: false });
    const stops = () =>
      [...container.querySelectorAll<HTMLElement>("a, button, [tabindex]")].map((one) => one.tabIndex);
    expect(stops()).toEqual([-1, -1, -1]);
    rerender(<VideoCard video={aVideo()} tabStop onRemove={vi.fn()} onRetry={vi.fn()} />);
    expect(stops()).toEqual([0, 0, 0]);
  });

  it("without a picture shows a quiet sign, and asks again when its video moves on", () => {
    const { picture } = show(aVideo(fetching));
    fireEvent.error(picture() as HTMLElement);
    expect(picture()).toBeNull();
    expect(screen.getByTestId("no-picture")).toBeTruthy();
    stream({ progress: 60, stage: "captions" });
    expect(picture()).not.toBeNull();
    expect(screen.queryByTestId("no-picture")).toBeNull();
  });

  it("without a picture asks again after a while, by itself", () => {
    vi.useFakeTimers();
    const { picture } = show(aVideo());
    fireEvent.error(picture() as HTMLElement);
    act(() => vi.advanceTimersByTime(3000));
    expect(picture()).not.toBeNull();
    vi.useRealTimers();
  });

  it("cuts a long title after two lines, hyphenates it in its language, and says it in full", () => {
    const title = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz";
    show(aVideo({ title, language: "de" }));
    const heading = screen.getByRole("heading");
    expect([heading.title, heading.lang]).toEqual([title, "de"]);
    expect(heading.className).toMatch(/line-clamp-2.*hyphens-auto|hyphens-auto.*line-clamp-2/);
  });

  it.each([
    [{ title: null }, "Untitled video"],
    [{ ...asNew }, "Waiting for its title"],
    [{ ...asNew, import_stage: "error", error_code: "video_private" }, "dQw4w9WgXcQ"],
  ] as const)("without a title has words of its own (%#)", (changes, words) => {
    show(aVideo(changes));
    expect(screen.getByRole("heading").textContent).toBe(words);
  });

  it("as a line says beside its picture what is going on, and the reason when it can't be had", () => {
    const { rerender } = show(aVideo({ ...fetching, channel: "Slow Streets" }), { line: true });
    expect(screen.getByText("Fetching captions, 25%")).toBeTruthy();
    expect(bar().textContent).toBe("");
    const failed = aVideo({ ...asNew, import_stage: "error", error_code: "video_private" });
    rerender(<VideoCard video={failed} line onRemove={vi.fn()} onRetry={vi.fn()} />);
    expect(screen.getByText("This video is private.")).toBeTruthy();
    expect(screen.getByRole("button", { name: "Try again" })).toBeTruthy();
  });
});
