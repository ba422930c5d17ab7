import { act, screen } from "@testing-library/react";
import { aFrame, aLane } from "@tests/factories";
import { makeClient, renderWithApp } from "@tests/render";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { queryKeys } from "@/api/queryKeys";
import { i18n } from "@/lib/i18n";
import { useConnectionStore } from "@/stores/connectionStore";
import { importProgressStore } from "@/stores/importProgressStore";
import type { Lane } from "@/types/progress";
import { StatusLine } from "./StatusLine";

const noon = new Date(2026, 10, 22, 12);

beforeEach(() => {
  vi.useFakeTimers({ now: noon });
});
afterEach(() => {
  vi.useRealTimers();
});

function show(quiet = false) {
  const client = makeClient();
  client.setQueryData(queryKeys.lanes, []);
  return renderWithApp(<StatusLine quiet={quiet} />, client);
}

let seq = 0;
function stream(...lanes: Partial<Lane>[]) {
  seq += 1;
  act(() => {
    importProgressStore.receive(aFrame(seq, { lanes: lanes.map(aLane) }));
    importProgressStore.flush();
  });
}
function pass(seconds: number) {
  for (let second = 0; second < seconds; second += 1) act(() => vi.advanceTimersByTime(1000));
}

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
const captionsPaused = (seconds: number, waiting = 12): Partial<Lane> => ({
  name: "timedtext",
  state: "paused",
  reason_code: "upstream_throttled",
  waiting,
  resumes_at: inSeconds(seconds),
});
const line = () => screen.queryByTestId("lane-line");
const seen = () => line()?.querySelector("p[aria-hidden=true]")?.textContent;
const heard = () => line()?.querySelector(".sr-only")?.textContent;

describe("the quiet line", () => {
  it("is not there while nothing is paused, but ears are ready", () => {
    show();
    expect(line()).toBeNull();
    expect(screen.getByRole("status").textContent).toBe("");
  });

  it("counts the time down for eyes, and does not repeat itself to ears", () => {
    show();
    stream(captionsPaused(20 * 60));
    expect(seen()).toMatch(/12 videos are waiting\..* in about 20 minutes\.$/);
    const first = heard();
    expect(first).toMatch(/12 videos are waiting\. Nothing is lost, it goes on by itself\.$/);
    pass(10 * 60);
    expect(seen()).toMatch(/in about 10 minutes\.$/);
    stream({ ...captionsPaused(10 * 60), waiting: 13 });
    expect(seen()).toMatch(/13 videos are waiting/);
    expect(heard()).toBe(first);
  });

  it("says no word of a pause of two seconds", () => {
    show();
    stream(captionsPaused(2));
    expect(line()).toBeNull();
    pass(2);
    stream({ name: "timedtext", state: "open" });
    pass(5);
    expect(line()).toBeNull();
  });

  it("turns from the pause to the careful try to nothing, one after the other", () => {
    show();
    stream(captionsPaused(60));
    expect(line()?.dataset.kind).toBe("paused");
    stream({ name: "timedtext", state: "probing", waiting: 12 });
    expect(line()?.dataset.kind).toBe("paused");
    pass(4);
    expect(line()?.dataset.kind).toBe("probing");
    expect(seen()).toMatch(/^Captions are being tried again, carefully\./);
    stream({ name: "timedtext", state: "open", waiting: 12 });
    pass(4);
    expect(line()).toBeNull();
  });

  it("goes by itself when the pause's time has come, also if nobody says so", () => {
    show();
    stream(captionsPaused(30));
    expect(line()).not.toBeNull();
    pass(36);
    expect(line()).toBeNull();
  });

  it("is one for several lanes, in German as well", async () => {
    await i18n.changeLanguage("de");
    show();
    stream(captionsPaused(3600), { ...captionsPaused(3600, 1), name: "player" });
    expect(screen.getAllByTestId("lane-line")).toHaveLength(1);
    expect(seen()).toBe(
      "Videodaten und Untertitel pausieren bis 13:00. YouTube bittet um ein langsameres Tempo. " +
        "13 Videos warten. Nichts geht verloren, es geht in etwa 1 Stunde von selbst weiter.",
    );
  });

  it("leaves somebody who watches a video alone", () => {
    show(true);
    stream(captionsPaused(3600));
    expect(line()).toBeNull();
  });

  it("speaks of the connection first", () => {
    show();
    stream(captionsPaused(3600));
    act(() => useConnectionStore.setState({ status: "lost" }));
    expect(line()).toBeNull();
    expect(screen.getByRole("status").textContent).toMatch(/^Offline\./);
  });
});
