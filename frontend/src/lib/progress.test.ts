import { aJob, NO_PLAYLISTS } from "@tests/factories";
import { describe, expect, it } from "vitest";
import { foldJob } from "./progress";

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
