import { act } from "@testing-library/react";
import { aFrame, aJob, aLane } from "@tests/factories";
import { makeClient, renderWithApp } from "@tests/render";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { queryKeys } from "@/api/queryKeys";
import { importProgressStore } from "@/stores/importProgressStore";
import { useUiStore } from "@/stores/uiStore";
import type { ProgressFrame } from "@/types/progress";
import type { ImportJob } from "@/types/video";
import { Announcer } from "./Announcer";

let seq = 0;
beforeEach(() => {
  vi.useFakeTimers();
  seq = 0;
  useUiStore.setState({ announcement: "" });
});
afterEach(() => {
  vi.useRealTimers();
});

function show(jobs: ImportJob[]) {
  const client = makeClient();
  client.setQueryData(queryKeys.imports, jobs);
  client.setQueryData(queryKeys.lanes, []);
  const { container } = renderWithApp(<Announcer />, client);
  return () => container.querySelector("[aria-live=polite]")?.textContent;
}
function stream(changes: Partial<ProgressFrame>) {
  seq += 1;
  act(() => {
    importProgressStore.receive(aFrame(seq, changes));
    importProgressStore.flush();
  });
}

describe("what is said aloud", () => {
  it("is nothing of what runs already when the page is loaded", () => {
    expect(show([aJob()])()).toBe("");
  });

  it("is the start, each pause, going on and the end of an import; never a percentage", () => {
    const said = show([]);
    stream({ imports: [aJob()] });
    expect(said()).toBe("Import of 10 videos started");
    for (let percent = 41; percent < 60; percent += 1) {
      stream({ imports: [aJob({ progress_percent: percent })] });
      expect(said()).toBe("Import of 10 videos started");
    }
    stream({ imports: [aJob({ state: "paused" })] });
    expect(said()).toBe("Import of 10 videos paused");
    stream({ imports: [aJob()] });
    expect(said()).toBe("Import of 10 videos goes on");
    stream({ imports: [aJob({ state: "finished" })] });
    expect(said()).toBe("Import of 10 videos finished");
  });

  it("is that an import was cancelled", () => {
    const said = show([aJob()]);
    stream({ imports: [aJob({ state: "cancelled" })] });
    expect(said()).toBe("Import of 10 videos cancelled");
  });

  it("is that YouTube lets us go on, once it does", () => {
    const said = show([aJob()]);
    const soon = new Date(Date.now() + 600_000).toISOString();
    stream({ lanes: [aLane({ state: "paused", waiting: 5, resumes_at: soon })] });
    expect(said()).toBe("");
    stream({ lanes: [aLane({ waiting: 5 })] });
    for (let second = 0; second < 5; second += 1) act(() => vi.advanceTimersByTime(1000));
    expect(said()).toBe("YouTube lets us go on.");
  });
});
