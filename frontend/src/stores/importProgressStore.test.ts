import { aFrame, aJob, aLane, anEvent, aVideo } from "@tests/factories";
import { describe, expect, it, vi } from "vitest";
import { ImportProgressStore } from "./importProgressStore";

function makeStore() {
  let run: (() => void) | null = null;
  let now = 0;
  const timers: { run: () => void; due: number }[] = [];
  const requests = vi.fn((next: () => void) => {
    run = next;
  });
  const later = (run: () => void, milliseconds: number) => {
    timers.push({ run, due: now + milliseconds });
  };
  const store = new ImportProgressStore({ request: requests, later }, () => now);
  store.connected("epoch-1", 0);
  return {
    store,
    requests,
    frame() {
      const due = run;
      run = null;
      due?.();
    },
    at(time: number) {
      now = time;
      const due = timers.filter((timer) => timer.due <= time);
      timers.splice(0, timers.length, ...timers.filter((timer) => timer.due > time));
      for (const { run } of due) run();
    },
  };
}

describe("the progress store", () => {
  it("does not let a frame from before a pause say that the import runs", () => {
    const { store, frame, at } = makeStore();
    store.receive(aFrame(1, { imports: [aJob({ state: "running" })] }));
    frame();
    at(100);
    store.answered(aJob({ state: "paused" }));
    at(150);
    store.receive(aFrame(2, { imports: [aJob({ state: "running", progress_percent: 40 })] }));
    frame();
    expect(store.imports()[0]).toMatchObject({ state: "paused", progress_percent: 40 });

    store.receive(aFrame(3, { imports: [aJob({ state: "paused", progress_percent: 40 })] }));
    at(6000);
    frame();
    expect(store.imports()[0]?.state).toBe("paused");
    store.receive(aFrame(4, { imports: [aJob({ state: "running" })] }));
    frame();
    expect(store.imports()[0]?.state).toBe("running");
  });

  it("says a moment later what another tab has done right after this one's pause", () => {
    const { store, frame, at } = makeStore();
    store.receive(aFrame(1, { imports: [aJob({ state: "running" })] }));
    frame();
    store.answered(aJob({ state: "paused" }));
    at(3000);
    store.receive(aFrame(2, { imports: [aJob({ state: "running" })] }));
    frame();
    expect(store.imports()[0]?.state).toBe("paused");
    at(6000);
    frame();
    expect(store.imports()[0]?.state).toBe("running");
  });

  it("lets a second answer have its own time", () => {
    const { store, frame, at } = makeStore();
    store.answered(aJob({ state: "paused" }));
    at(4000);
    store.answered(aJob({ state: "running" }));
    store.receive(aFrame(2, { imports: [aJob({ state: "paused" })] }));
    at(5500);
    frame();
    expect(store.imports()[0]?.state).toBe("running");
  });

  it("does not draw a frame that came before the answer and says otherwise", () => {
    const { store, frame, at } = makeStore();
    store.receive(aFrame(1, { imports: [aJob({ state: "running" })] }));
    frame();
    store.answered(aJob({ state: "paused" }));
    at(100);
    store.receive(aFrame(2, { imports: [aJob({ state: "paused", progress_percent: 40 })] }));
    store.answered(aJob({ state: "running" }));
    frame();
    expect(store.imports()[0]).toMatchObject({ state: "running", progress_percent: 40 });
  });

  it("folds many frames into one render per video and animation frame", () => {
    const { store, requests, frame } = makeStore();
    const tile = vi.fn();
    const other = vi.fn();
    store.subscribeVideo("a", tile);
    store.subscribeVideo("b", other);
    store.receive(aFrame(1, { videos: [anEvent({ video_id: "a", progress: 25 })] }));
    store.receive(aFrame(2, { videos: [anEvent({ video_id: "a", progress: 60, stage: "captions" })] }));
    store.receive(aFrame(3, { videos: [anEvent({ video_id: "a", progress: 90, stage: "chapters" })] }));
    expect(requests).toHaveBeenCalledTimes(1);
    expect(tile).not.toHaveBeenCalled();
    frame();
    expect(tile).toHaveBeenCalledTimes(1);
    expect(other).not.toHaveBeenCalled();
    expect(store.video("a")?.progress).toBe(90);
  });

  it("drops a frame with an older number", () => {
    const { store, frame } = makeStore();
    store.receive(aFrame(5, { videos: [anEvent({ video_id: "a", progress: 60, stage: "captions" })] }));
    store.receive(aFrame(4, { videos: [anEvent({ video_id: "b", progress: 25 })] }));
    frame();
    expect(store.video("a")?.progress).toBe(60);
    expect(store.video("b")).toBeUndefined();
  });

  it("counts anew on a new connection, also of a new server life", () => {
    const { store, frame } = makeStore();
    store.receive(aFrame(500, { videos: [anEvent({ video_id: "a", progress: 25 })] }));
    frame();
    store.connected("epoch-2", 0);
    store.receive(
      aFrame(1, { snapshot: true, videos: [anEvent({ video_id: "a", progress: 60, stage: "captions" })] }),
    );
    frame();
    expect(store.currentEpoch).toBe("epoch-2");
    expect(store.video("a")?.progress).toBe(60);
  });

  it("never lets progress go back, not even in a snapshot", () => {
    const { store, frame } = makeStore();
    store.receive(aFrame(1, { videos: [anEvent({ video_id: "a", progress: 90, stage: "chapters" })] }));
    frame();
    store.connected("epoch-2", 0);
    store.receive(aFrame(1, { snapshot: true, videos: [anEvent({ video_id: "a", progress: 25 })] }));
    frame();
    expect(store.video("a")).toMatchObject({ progress: 90, stage: "chapters" });
  });

  it("keeps the ring where it was when a video turns out to be gone", () => {
    const { store, frame } = makeStore();
    store.receive(aFrame(1, { videos: [anEvent({ video_id: "a", progress: 25 })] }));
    store.receive(
      aFrame(2, {
        videos: [anEvent({ video_id: "a", progress: 0, stage: "error", error_code: "video_private" })],
      }),
    );
    frame();
    store.receive(
      aFrame(3, {
        videos: [anEvent({ video_id: "a", progress: 25, stage: "error", error_code: "video_private" })],
      }),
    );
    frame();
    expect(store.video("a")).toMatchObject({ progress: 25, stage: "error", error_code: "video_private" });
  });

  it("lets a retry leave the error with unchanged progress", () => {
    const { store, frame } = makeStore();
    store.receive(
      aFrame(1, { videos: [anEvent({ video_id: "a", stage: "error", error_code: "video_private" })] }),
    );
    frame();
    store.receive(aFrame(2, { videos: [anEvent({ video_id: "a", stage: "metadata", error_code: null })] }));
    frame();
    expect(store.video("a")).toMatchObject({ stage: "metadata", error_code: null });
  });

  it("does not wake a tile for news that changes nothing", () => {
    const { store, frame } = makeStore();
    const tile = vi.fn();
    store.subscribeVideo("a", tile);
    store.receive(aFrame(1, { videos: [anEvent({ video_id: "a" })] }));
    frame();
    store.receive(aFrame(2, { videos: [anEvent({ video_id: "a" })] }));
    frame();
    expect(tile).toHaveBeenCalledTimes(1);
  });

  it("learns from a list what ended while nobody listened", () => {
    const { store, frame, at } = makeStore();
    at(100);
    store.receive(aFrame(1, { videos: [anEvent({ video_id: "a" }), anEvent({ video_id: "b" })] }));
    frame();
    const tile = vi.fn();
    store.subscribeVideo("a", tile);
    store.absorb([aVideo({ id: "a" }), aVideo({ id: "b", import_stage: "error", import_progress: 25 })], 200);
    expect(store.video("a")).toMatchObject({ stage: "complete", progress: 100 });
    expect(store.video("b")).toMatchObject({ stage: "error", progress: 25 });
    expect(tile).toHaveBeenCalledTimes(1);
  });

  it("does not believe a list that was asked for before the stream spoke", () => {
    const { store, frame, at } = makeStore();
    at(100);
    store.receive(aFrame(1, { videos: [anEvent({ video_id: "a", stage: "metadata", progress: 25 })] }));
    frame();
    store.absorb([aVideo({ id: "a", import_stage: "error", import_progress: 25 })], 50);
    expect(store.video("a")).toMatchObject({ stage: "metadata" });
  });

  it("keeps imports by id and their percentage growing", () => {
    const { store, frame } = makeStore();
    store.receive(aFrame(1, { imports: [aJob({ progress_percent: 40 }), aJob({ id: "other" })] }));
    store.receive(aFrame(2, { imports: [aJob({ progress_percent: 39.5 })] }));
    frame();
    store.receive(aFrame(3, { imports: [aJob({ progress_percent: 38 })] }));
    frame();
    expect(store.imports().map((job) => [job.id, job.progress_percent])).toEqual([
      ["import", 39.5],
      ["other", 40],
    ]);
  });

  it("lets an import's percentage fall when finished work is taken up again", () => {
    const { store, frame } = makeStore();
    const summary = aJob().summary;
    const over = { ...summary, imported: 8, unavailable: { video_private: 2 }, waiting: 0 };
    store.receive(
      aFrame(1, { imports: [aJob({ state: "finished", progress_percent: 100, summary: over })] }),
    );
    frame();
    store.receive(
      aFrame(2, {
        imports: [aJob({ progress_percent: 85, summary: { ...over, unavailable: {}, waiting: 2 } })],
      }),
    );
    frame();
    expect(store.imports()).toMatchObject([{ state: "running", progress_percent: 85 }]);
  });

  it("leaves an import that ended while nobody listened to the list's answer", () => {
    const { store, frame } = makeStore();
    store.receive(aFrame(1, { imports: [aJob(), aJob({ id: "other" })] }));
    frame();
    store.connected("epoch-2", 0);
    store.receive(aFrame(1, { snapshot: true, imports: [aJob({ id: "other" })] }));
    store.receive(aFrame(2, { snapshot: true, videos: [anEvent()] }));
    frame();
    expect(store.imports().map((job) => job.id)).toEqual(["other"]);
  });

  it("follows polled answers about imports while the stream is silent, never older ones", () => {
    const { store, frame, at } = makeStore();
    at(100);
    store.receive(aFrame(1, { imports: [aJob({ progress_percent: 40 })] }));
    frame();
    const heard = vi.fn();
    store.subscribeImports(heard);
    store.absorbImports([aJob({ progress_percent: 90 }), aJob({ id: "never streamed" })], 50);
    expect(heard).not.toHaveBeenCalled();
    store.absorbImports([aJob({ state: "finished", progress_percent: 100 })], 200);
    expect(heard).toHaveBeenCalledTimes(1);
    expect(store.imports()).toMatchObject([{ id: "import", state: "finished", progress_percent: 100 }]);
  });

  it("follows polled answers about lanes in the same way", () => {
    const { store, frame, at } = makeStore();
    at(100);
    store.receive(aFrame(1, { lanes: [aLane({ state: "paused" })] }));
    frame();
    store.absorbLanes([aLane()], 50);
    expect(store.pausedLanes()).toEqual(["player"]);
    store.absorbLanes([aLane()], 200);
    expect(store.pausedLanes()).toEqual([]);
  });

  it("names lists that have to be read again, once per frame", () => {
    const { store, frame } = makeStore();
    const heard = vi.fn();
    const end = store.subscribeLists(heard);
    store.receive(aFrame(1, { lists: ["a", "b"] }));
    store.receive(aFrame(2, { lists: ["b"] }));
    frame();
    expect(heard.mock.calls).toEqual([[["a", "b"]]]);
    end();
    store.receive(aFrame(3, { lists: ["c"] }));
    frame();
    expect(heard).toHaveBeenCalledTimes(1);
  });

  it("names the paused lanes, with the same array while they stay the same", () => {
    const { store, frame } = makeStore();
    store.receive(aFrame(1, { lanes: [aLane({ state: "paused" }), aLane({ name: "oembed" })] }));
    frame();
    const before = store.pausedLanes();
    expect(before).toEqual(["player"]);
    store.receive(aFrame(2, { lanes: [aLane({ state: "paused", waiting: 9 })] }));
    frame();
    expect(store.pausedLanes()).toBe(before);
    expect(store.allLanes()).toHaveLength(2);
    store.receive(aFrame(3, { lanes: [aLane({ state: "open" })] }));
    frame();
    expect(store.pausedLanes()).toEqual([]);
  });

  it("leaves tiles alone for a pause that is over in a moment", () => {
    const { store, frame } = makeStore();
    const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
    store.receive(aFrame(1, { lanes: [aLane({ state: "paused", resumes_at: inSeconds(2) })] }));
    frame();
    expect(store.pausedLanes()).toEqual([]);
    store.receive(aFrame(2, { lanes: [aLane({ state: "paused", resumes_at: inSeconds(60) })] }));
    frame();
    expect(store.pausedLanes()).toEqual(["player"]);
  });

  it("uses a timer in a hidden tab, where no animation frame comes", () => {
    vi.useFakeTimers();
    vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
    const store = new ImportProgressStore();
    store.connected("e", 0);
    store.receive(aFrame(1, { videos: [anEvent({ video_id: "a" })] }));
    vi.advanceTimersByTime(300);
    expect(store.video("a")?.progress).toBe(25);
    vi.useRealTimers();
  });
});
