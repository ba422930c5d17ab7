import { aVideo } from "@tests/factories";
import { describe, expect, it } from "vitest";
import type { VideoTranscript } from "@/types/transcription";
import type { Video } from "@/types/video";
import { canHaveCaptionsMade, noTranscript } from "./makingCaptions";
import { progressOf } from "./progress";

const at = "2026-11-24T00:00:00Z";
const without = (changes: Partial<Video> = {}) =>
  progressOf(aVideo({ captions_source: "none", captions_code: "captions_none", ...changes }));
const under = (changes: Partial<VideoTranscript>) => ({
  last_error_code: null,
  transcription: {
    state: "words" as const,
    parts_done: 0,
    part_count: 0,
    by_hand: false,
    reason_code: null,
    resumes_at: null,
    ...changes,
  },
});
const said = (changes: Partial<VideoTranscript>) => noTranscript(without(), under(changes));

describe("why there is no transcript", () => {
  it("is what is being done about it, part by part", () => {
    expect(said({ state: "sound" })).toMatchObject({ kind: "making", step: "sound" });
    expect(said({ state: "waiting" })).toMatchObject({ kind: "making", step: "turn" });
    expect(said({ parts_done: 2, part_count: 7 })).toMatchObject({
      kind: "making",
      step: "words",
      done: 2,
      parts: 7,
    });
  });

  it("is what it waits for: the budget, the service, or YouTube as long as the sound is missing", () => {
    expect(said({ reason_code: "transcription_budget", resumes_at: at })).toEqual({
      kind: "later",
      reason: "budget",
      at,
      now: true,
    });
    expect(said({ reason_code: "upstream_throttled", part_count: 3 })).toMatchObject({ reason: "service" });
    expect(said({ reason_code: "upstream_down", part_count: 3 })).toMatchObject({ reason: "serviceDown" });
    expect(said({ reason_code: "upstream_throttled" })).toMatchObject({ reason: "youtube", now: false });
    expect(said({ reason_code: "transcription_key_invalid" })).toMatchObject({ kind: "stopped" });
  });

  it.each(["transcription_off", "transcription_key_invalid", "transcription_model_missing"] as const)(
    "is what has to be set up, and never that somebody listens: %s",
    (code) => {
      const stopped = { kind: "stopped", code };
      expect(said({ state: "waiting", part_count: 3, reason_code: code })).toEqual(stopped);
      expect(said({ state: "words", parts_done: 1, part_count: 3, reason_code: code })).toEqual(stopped);
      const row = without({ captions_pending: true, captions_code: code });
      expect(noTranscript(row, undefined)).toEqual(stopped);
      expect(noTranscript(row, under({ state: "waiting", part_count: 3 }))).toEqual(stopped);
      expect(canHaveCaptionsMade(row)).toBe(false);
    },
  );

  it("is not that it is listened to, as long as no part was", () => {
    expect(said({ state: "waiting", part_count: 3 })).toMatchObject({ kind: "making", step: "turn" });
  });

  it("is known of the row alone, before its details are there", () => {
    expect(noTranscript(without(), undefined)).toEqual({ kind: "none" });
    expect(noTranscript(without({ captions_code: "audio_too_long" }), undefined)).toEqual({ kind: "long" });
    expect(noTranscript(without({ captions_code: "captions_failed" }), undefined)).toEqual({
      kind: "failed",
    });
    expect(noTranscript(without({ captions_code: "captions_locked" }), undefined)).toEqual({
      kind: "locked",
    });
    expect(noTranscript(without({ captions_pending: true }), undefined)).toMatchObject({ kind: "making" });
  });

  it("is nothing to say while YouTube's own captions are looked for", () => {
    const looking = without({ import_stage: "metadata", import_progress: 25, captions_source: null });
    expect(noTranscript(looking, undefined)).toBeNull();
  });
});

describe("captions made by hand", () => {
  it("are offered where there are none and none are on their way, or those wait for the budget", () => {
    expect(canHaveCaptionsMade(without())).toBe(true);
    expect(canHaveCaptionsMade(without({ captions_pending: true }))).toBe(false);
    const over = without({ captions_pending: true, captions_code: "transcription_budget" });
    expect(canHaveCaptionsMade(over)).toBe(true);
    expect(canHaveCaptionsMade(progressOf(aVideo()))).toBe(false);
    expect(canHaveCaptionsMade(without({ import_stage: "metadata", import_progress: 40 }))).toBe(false);
  });
});
