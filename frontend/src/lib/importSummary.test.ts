import { aJob } from "@tests/factories";
import { describe, expect, it } from "vitest";
import { FINAL_VIDEO_ERRORS } from "@/types/errors";
import type { ImportSummary } from "@/types/video";
import { i18n } from "./i18n";
import { goneByReason, isOver, summaryText } from "./importSummary";

const nothing: ImportSummary = {
  total: 51,
  imported: 47,
  without_captions: 0,
  unavailable: {},
  waiting: 0,
  later: 0,
  stopped: 0,
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
    expect(said({ waiting: 5, later: 2 })).toBe("47 videos imported. 3 still waiting, 2 come later.");
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
