import { aJob, aVideo, NO_PLAYLISTS } from "@tests/factories";
import { describe, expect, it } from "vitest";
import { foldJob, isWaiting, progressOf } from "./progress";

const reading = (percent: number, total: number, expected: number) => {
  const job = aJob({ progress_percent: percent });
  const playlists = { ...NO_PLAYLISTS, waiting: 1, found: total, expected };
  return { ...job, summary: { ...job.summary, total, playlists } };
};

describe("an import's percentage", () => {
  it("grows, whatever is heard late", () => {
    expect(foldJob(aJob({ progress_percent: 40 }), aJob({ progress_percent: 39 })).progress_percent).toBe(40);
  });

  it("is less when finished work is taken up again", () => {
    const done = aJob({ progress_percent: 100 });
    const older = { ...done, summary: { ...done.summary, waiting: 0 } };
    expect(foldJob(older, aJob({ progress_percent: 60 })).progress_percent).toBe(60);
  });

  it("is less when a playlist says how much there will be, or brings more", () => {
    expect(foldJob(reading(50, 1, 0), reading(0.1, 1, 1240)).progress_percent).toBe(0.1);
    expect(foldJob(reading(50, 100, 0), reading(30, 200, 0)).progress_percent).toBe(30);
  });
});

describe("a video whose captions are made from its sound", () => {
  const at = (import_progress: number) => progressOf(aVideo({ import_stage: "metadata", import_progress }));

  it("waits for no lane: it goes on without them if they take long", () => {
    const paused = ["player", "timedtext", "media", "groq"];
    expect(isWaiting(at(25), paused)).toBe(true);
    expect(isWaiting(at(26), paused)).toBe(false);
    expect(isWaiting(at(59), paused)).toBe(false);
  });
});
