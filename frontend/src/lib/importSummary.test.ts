import { aJob, NO_PLAYLISTS } from "@tests/factories";
import { describe, expect, it } from "vitest";
import { FINAL_VIDEO_ERRORS } from "@/types/errors";
import type { ImportSummary } from "@/types/video";
import { i18n } from "./i18n";
import "./i18n/imports";
import {
  canUndo,
  contentName,
  figuresOf,
  goneByReason,
  importName,
  isBatch,
  isListGone,
  isOver,
  percentOf,
  progressText,
  readingText,
  summaryText,
  targetText,
  totalsOf,
} from "./importSummary";

const nothing: ImportSummary = {
  total: 51,
  imported: 47,
  without_captions: 0,
  unavailable: {},
  waiting: 0,
  later: 0,
  stopped: 0,
  playlists: NO_PLAYLISTS,
};
const said = (summary: Partial<ImportSummary>, language = "en") =>
  summaryText(
    aJob({ state: "finished", summary: { ...nothing, ...summary } }),
    i18n.getFixedT(language),
    language,
  );

describe("an import's summary", () => {
  it("says every group that is not empty, and reasons in words", () => {
    const summary = { without_captions: 2, unavailable: { video_private: 1 }, waiting: 1, later: 1 };
    expect(said(summary)).toBe(
      "47 videos imported. 2 without captions, 1 not available (private), 1 comes later.",
    );
    expect(said(summary, "de")).toBe(
      "47 Videos importiert. 2 ohne Untertitel, 1 nicht verfügbar (privat), 1 kommt später.",
    );
  });

  it("says how many of each reason there are, most first", () => {
    const unavailable = { video_deleted: 1, video_private: 1200, video_paid: 0 };
    expect(said({ unavailable })).toBe("47 videos imported. 1,201 not available (1,200 private, 1 deleted).");
    expect(said({ unavailable }, "de")).toBe(
      "47 Videos importiert. 1.201 nicht verfügbar (1.200 privat, 1 gelöscht).",
    );
  });

  it("tells those that are worked on from those that come at a time of their own", () => {
    expect(said({ waiting: 5, later: 2 })).toBe("47 videos imported. 3 still importing, 2 come later.");
  });

  it("tells those that get captions later from those without", () => {
    const some = (videos: number) => ({ videos, minutes: 60, cost: 0.04, currency: "USD", is_rough: false });
    const transcription = { made: some(0), pending: some(7), over_budget: 4, resumes_at: null };
    expect(said({ without_captions: 9, transcription })).toBe(
      "47 videos imported. 2 without captions, 7 get captions later.",
    );
    expect(said({ without_captions: 7, transcription }, "de")).toBe(
      "47 Videos importiert. 7 bekommen noch Untertitel.",
    );
  });

  it("shows no code, whatever the server names as a reason", () => {
    const unavailable = Object.fromEntries(
      [...FINAL_VIDEO_ERRORS, "http_503", "internal"].map((c) => [c, 1]),
    );
    for (const language of ["en", "de"])
      expect(said({ unavailable }, language)).not.toMatch(/_|503|internal/);
    expect(goneByReason({ ...nothing, unavailable })[0]).toEqual({ code: "other", count: 2 });
  });
});

describe("an import", () => {
  it("is over when only those are left that come at a time of their own", () => {
    expect(isOver(aJob())).toBe(false);
    expect(isOver(aJob({ summary: { ...nothing, waiting: 2, later: 1 } }))).toBe(false);
    expect(isOver(aJob({ summary: { ...nothing, waiting: 2, later: 2 } }))).toBe(true);
    expect(isOver(aJob({ state: "paused", summary: { ...nothing, waiting: 2, later: 2 } }))).toBe(false);
  });
});

describe("what is stopped", () => {
  const left = { ...nothing, total: 100, imported: 60, waiting: 40 };

  it("is told apart from what is worked on and from what comes later", () => {
    expect(said({ waiting: 9, later: 2, stopped: 3 })).toBe(
      "47 videos imported. 4 still importing, 2 come later, 3 stopped.",
    );
    expect(figuresOf(aJob({ summary: { ...left, later: 2, stopped: 3 } }))).toMatchObject({
      done: 60,
      waiting: 37,
      later: 2,
      stopped: 3,
    });
  });

  it("is all that is left of a cancelled import, whatever it waits for", () => {
    const job = aJob({ state: "cancelled", summary: { ...left, later: 3, stopped: 30 } });
    expect(figuresOf(job)).toMatchObject({ waiting: 0, later: 0, stopped: 40 });
    expect(summaryText(job, i18n.getFixedT("en"), "en")).toBe("Cancelled. 60 videos imported. 40 stopped.");
    expect(summaryText(job, i18n.getFixedT("de"), "de", { cancelled: false })).toBe(
      "60 Videos importiert. 40 gestoppt.",
    );
  });

  it("holds no end up", () => {
    expect(isOver(aJob({ summary: { ...left, later: 10, stopped: 30 } }))).toBe(true);
    expect(isOver(aJob({ summary: { ...left, later: 10, stopped: 29 } }))).toBe(false);
  });
});

describe("several imports in one line", () => {
  it("are what runs of them: the numbers and the time are about the same imports", () => {
    const jobs = [
      aJob({ eta_seconds: 60, progress_percent: 50 }),
      aJob({ eta_seconds: 7000, progress_percent: 100, summary: { ...nothing, total: 30, waiting: 0 } }),
      aJob({ state: "paused", eta_seconds: null, progress_percent: 0 }),
    ];
    expect(totalsOf(jobs)).toMatchObject({ counted: jobs.slice(0, 2), done: 34, total: 40 });
    expect(totalsOf(jobs).percent).toBeCloseTo(87.5);
  });

  it("are all of them while all are held", () => {
    const held = [aJob({ state: "paused" }), aJob({ state: "paused" })];
    expect(totalsOf(held)).toMatchObject({ counted: held, done: 8, total: 20 });
  });
});

describe("what was removed", () => {
  it("is said with the rest, of a cancelled import too", () => {
    const summary = { ...nothing, total: 9, imported: 5, unavailable: { video_private: 4 } };
    const counts = { new: 67, duplicate: 0, repeated: 0, rejected: 0, playlist: 0 };
    const job = aJob({ state: "cancelled", summary, counts });
    expect(summaryText(job, i18n.getFixedT("de"), "de", { cancelled: false, reasons: false })).toBe(
      "5 Videos importiert. 58 nicht mehr da, 4 nicht verfügbar.",
    );
  });

  it("is no success where the list itself is gone", () => {
    const summary = { ...nothing, total: 0, imported: 0 };
    const job = aJob({ state: "finished", list_id: null, summary });
    expect(isListGone(job)).toBe(true);
    expect(isListGone({ ...job, list_id: "list" })).toBe(false);
    expect(summaryText(job, i18n.getFixedT("en"), "en")).toBe("Its list was deleted.");
  });
});

describe("what a person has paused", () => {
  it("is neither worked on nor comes later by itself", () => {
    const job = aJob({ state: "paused", summary: { ...nothing, waiting: 5, later: 2 } });
    expect(figuresOf(job)).toMatchObject({ waiting: 5, later: 0 });
    expect(summaryText(job, i18n.getFixedT("en"), "en")).toBe("47 videos imported. 5 paused.");
  });
});

describe("an import of one video", () => {
  it("is not a batch; one that was larger once still is", () => {
    const one = { ...nothing, total: 1 };
    const counts = { new: 1, duplicate: 4, repeated: 0, rejected: 0, playlist: 0 };
    expect(isBatch(aJob({ summary: one, counts }))).toBe(false);
    expect(isBatch(aJob({ summary: one, counts: { ...counts, new: 3 } }))).toBe(true);
  });
});

describe("an import that reads playlists", () => {
  const en = i18n.getFixedT("en");
  const reading = (changes: Partial<ImportSummary["playlists"]> = {}, rest = {}) =>
    aJob({
      counts: { new: 300, duplicate: 0, repeated: 0, rejected: 0, playlist: 1 },
      progress_percent: 24,
      summary: {
        ...nothing,
        total: 300,
        imported: 298,
        waiting: 2,
        playlists: { ...NO_PLAYLISTS, waiting: 1, found: 300, expected: 1240, ...changes },
      },
      ...rest,
    });

  it("says so with how far it is, as far as that is known", () => {
    expect(readingText(reading(), en, "en")).toBe("Reading a playlist: 300 of about 1,240 videos found");
    expect(readingText(reading({ waiting: 3, expected: 300 }), en, "en")).toBe(
      "Reading 3 playlists: 300 videos found",
    );
    expect(readingText(reading({ found: 0, expected: 0 }), en, "en")).toBe("Reading a playlist");
    expect(readingText(reading({}, { state: "paused" }), en, "en")).toMatch(/^Paused while reading/);
    for (const state of ["cancelled", "undone"])
      expect(readingText(reading({}, { state }), en, "en")).toBeNull();
    expect(readingText(reading({ waiting: 0 }), en, "en")).toBeNull();
  });

  it("counts what is in sight, and is never at its end", () => {
    expect(progressText(reading(), en, "en")).toBe("298 of about 1,240");
    expect(progressText(reading({ waiting: 0 }), en, "en")).toBe("298 of 300");
    const done = reading({ expected: 300 }, { progress_percent: 100 });
    expect(percentOf(done)).toBe(99);
    expect(percentOf(reading({ waiting: 0 }, { progress_percent: 100 }))).toBe(100);
    expect(isOver(done)).toBe(false);
    expect(isOver({ ...done, summary: { ...done.summary, waiting: 2, later: 2 } })).toBe(false);
    expect(totalsOf([reading(), aJob()])).toMatchObject({ done: 298 + 4, total: 1240 + 10 });
  });

  it("is a card of its own before its first video is found, and has a name", () => {
    const first = aJob({
      counts: { new: 0, duplicate: 0, repeated: 0, rejected: 0, playlist: 1 },
      summary: { ...nothing, total: 0, imported: 0, playlists: { ...NO_PLAYLISTS, waiting: 1 } },
    });
    expect(isBatch(first)).toBe(true);
    expect(contentName(first, en, "en")).toBe("1 playlist");
  });

  it("says which ones could not be read", () => {
    const over = reading({ waiting: 0, unavailable: 2, stopped: 1 }, { state: "cancelled" });
    expect(summaryText(over, en, "en", { cancelled: false })).toBe(
      "298 videos imported. 2 stopped, 2 playlists could not be read, 1 playlist not read to its end.",
    );
  });
});

describe("an import that was undone, or could be", () => {
  const undone = aJob({ state: "undone", list_id: null, summary: { ...nothing, total: 0, imported: 0 } });

  it("is over, and says what was removed, not that its list was deleted", () => {
    expect(isOver(undone)).toBe(true);
    expect(summaryText(undone, i18n.getFixedT("en"), "en")).toBe("Undone. 10 videos were removed.");
    expect(summaryText(undone, i18n.getFixedT("de"), "de")).toBe(
      "Rückgängig gemacht. 10 Videos wurden entfernt.",
    );
  });

  it("can be undone only while there is time, and once", () => {
    const until = (undo_until: string | null, state: "finished" | "undone" = "finished") =>
      canUndo(aJob({ state, undo_until }), Date.parse("2026-01-01T12:00:00Z"));
    expect(until("2026-01-01T12:00:01Z")).toBe(true);
    expect(until("2026-01-01T12:00:00Z")).toBe(false);
    expect(until(null)).toBe(false);
    expect(until("2026-01-02T12:00:00Z", "undone")).toBe(false);
  });
});

describe("an import's name", () => {
  const en = i18n.getFixedT("en");
  const named = (changes: Parameters<typeof aJob>[0], listName: string | null) => [
    importName(aJob(changes), listName, en, "en"),
    targetText(aJob(changes), listName, en, "en"),
  ];

  it("is its file or playlist, or the list it goes to, or what is in it; and where it goes stands beside it", () => {
    expect(named({}, "Talks")).toEqual(["Talks", null]);
    expect(named({ label: "takeout.zip" }, "Talks")).toEqual(["takeout.zip", "into “Talks”"]);
    expect(named({ label: "takeout.zip", list_count: 3 }, "Talks")).toEqual(["takeout.zip", "into 3 lists"]);
    expect(named({ list_count: 3 }, "Talks")).toEqual(["10 videos", "into 3 lists"]);
    expect(named({}, null)).toEqual(["10 videos", null]);
  });
});
