import { aJob, anItem, NO_PLAYLISTS } from "@tests/factories";
import { describe, expect, it } from "vitest";
import type { VideoProgress } from "@/types/progress";
import { i18n } from "./i18n";
import "./i18n/imports";
import {
  currentOutcome,
  groupWords,
  itemProgress,
  linesOf,
  outcomeReason,
  outcomesOf,
  outcomeWords,
  retriable,
} from "./importOutcomes";

const summary = {
  total: 38,
  imported: 30,
  without_captions: 6,
  unavailable: { video_private: 2, video_deleted: 1 },
  waiting: 5,
  later: 1,
  stopped: 2,
  playlists: NO_PLAYLISTS,
};
const counts = { new: 40, duplicate: 3, repeated: 1, rejected: 2, playlist: 1 };
const job = aJob({ summary, counts });

const progressOf = (changes: Partial<VideoProgress>): VideoProgress => {
  const { video } = anItem();
  if (!video) throw new Error("a video");
  return { ...itemProgress(video), ...changes };
};

describe("the outcomes of an import", () => {
  it("add up to the lines that were given", () => {
    const outcomes = outcomesOf(job);
    expect(outcomes).toMatchObject({ imported: 24, without_captions: 6, unavailable: 3, removed: 2 });
    expect(outcomes).toMatchObject({ waiting: 3, stopped: 2, duplicate: 3, repeated: 1, rejected: 2 });
    expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(linesOf(job));
  });

  it("of a cancelled one wait for nothing", () => {
    expect(outcomesOf({ ...job, state: "cancelled" })).toMatchObject({ waiting: 0, stopped: 5 });
  });

  it("can be tried again in groups; what waits only for those who look at it", () => {
    expect(retriable(job, null).map(({ outcome, count }) => `${outcome} ${count}`)).toEqual([
      "stopped 2",
      "unavailable 3",
      "without_captions 6",
    ]);
    expect(retriable(job, "waiting")).toEqual([{ outcome: "waiting", count: 3 }]);
    expect(retriable({ ...job, state: "paused" }, "waiting")).toEqual([]);
    expect(retriable(job, "imported")).toEqual([]);
  });

  it("of a cancelled import go on with its own button, not with a second one", () => {
    const groups = retriable({ ...job, state: "cancelled" }, null);
    expect(groups.map(({ outcome }) => outcome)).toEqual(["unavailable", "without_captions"]);
  });
});

describe("what is not over is called", () => {
  it("what the grid calls it: importing, or waiting for a time of its own", () => {
    expect(outcomeWords(anItem(), "waiting", progressOf({}), false)).toBe("outcome.working");
    expect(outcomeWords(anItem(), "waiting", progressOf({ error_code: "video_live" }), false)).toBe(
      "outcome.later",
    );
    expect(groupWords("waiting", job)).toBe("outcome.waiting");
    expect(groupWords("waiting", { ...job, summary: { ...summary, later: 0 } })).toBe("outcome.working");
    expect(groupWords("waiting", { ...job, summary: { ...summary, later: 3 } })).toBe("outcome.later");
  });

  it("paused while the import is", () => {
    expect(outcomeWords(anItem(), "waiting", progressOf({ error_code: "video_live" }), true)).toBe(
      "outcome.held",
    );
    expect(outcomeWords(anItem(), "imported", progressOf({}), true)).toBe("outcome.imported");
    expect(groupWords("waiting", { ...job, state: "paused" })).toBe("outcome.held");
  });
});

describe("the outcome of a line", () => {
  it("follows its video while the import runs", () => {
    const item = anItem();
    expect(currentOutcome(item, progressOf({}))).toBe("waiting");
    expect(currentOutcome(item, progressOf({ error_code: "import_cancelled" }))).toBe("stopped");
    expect(currentOutcome(item, progressOf({ stage: "error" }))).toBe("unavailable");
    expect(currentOutcome(item, progressOf({ stage: "complete", captions_source: "none" }))).toBe(
      "without_captions",
    );
    expect(currentOutcome(item, progressOf({ stage: "complete", captions_source: "whisper" }))).toBe(
      "imported",
    );
  });

  it("of one that made no new video stays what it was", () => {
    const item = anItem({ verdict: "duplicate", outcome: "duplicate" });
    expect(currentOutcome(item, progressOf({ stage: "complete" }))).toBe("duplicate");
    expect(currentOutcome(anItem({ outcome: "removed", video: null }), null)).toBe("removed");
  });

  it.each(["en", "de"])("has its reason in words, never a code (%s)", (language) => {
    const t = i18n.getFixedT(language);
    const reasons = [
      outcomeReason(anItem({ reason_code: "foreign_host" }), "rejected", null, t),
      outcomeReason(anItem(), "removed", null, t),
      outcomeReason(anItem(), "duplicate", null, t),
      outcomeReason(anItem(), "repeated", null, t),
      outcomeReason(anItem(), "stopped", null, t),
      outcomeReason(anItem(), "unavailable", progressOf({ error_code: "video_private" }), t),
      outcomeReason(anItem(), "waiting", progressOf({ error_code: "video_upcoming" }), t),
    ];
    for (const reason of reasons) expect(reason).toMatch(/^[A-ZÄÖÜ][^_]+\.$/);
    expect(outcomeReason(anItem(), "imported", null, t)).toBeNull();
  });
});
