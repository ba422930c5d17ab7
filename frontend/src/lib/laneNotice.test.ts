import { aLane } from "@tests/factories";
import { describe, expect, it } from "vitest";
import { LANE_ERRORS } from "@/types/errors";
import type { Lane } from "@/types/progress";
import { i18n } from "./i18n";
import { laneNotice, NO_NOTICE, noticeText, SETTLE_MS, settleNotice } from "./laneNotice";

const noon = new Date(2026, 10, 22, 12);
const now = noon.getTime();
const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString();
const paused = (changes: Partial<Lane> = {}) =>
  aLane({
    name: "timedtext",
    state: "paused",
    reason_code: "upstream_throttled",
    waiting: 12,
    resumes_at: at(20),
    ...changes,
  });

function said(lanes: readonly Lane[], language = "en"): string | null {
  const notice = laneNotice(lanes, now);
  if (!notice) return null;
  const { head, rest } = noticeText(notice, i18n.getFixedT(language), language, noon);
  return `${head} ${rest}`.replaceAll("\u202f", " ");
}

describe("what is said of paused lanes", () => {
  it("is what pauses, until when, why, how many wait, and that nothing is lost", () => {
    expect(said([paused(), aLane()])).toBe(
      "Captions are paused until 12:20 PM. YouTube asks us to slow down. 12 videos are waiting. " +
        "Nothing is lost, it goes on by itself in about 20 minutes.",
    );
    expect(said([paused()], "de")).toBe(
      "Untertitel pausieren bis 12:20. YouTube bittet um ein langsameres Tempo. 12 Videos warten. " +
        "Nichts geht verloren, es geht in etwa 20 Minuten von selbst weiter.",
    );
  });

  it("is one line for all lanes, with the first time and the gravest reason", () => {
    const lanes = [
      paused({ waiting: 1 }),
      paused({ name: "oembed", waiting: 4, resumes_at: at(60), reason_code: "upstream_blocked" }),
    ];
    expect(said(lanes)).toBe(
      "Titles and captions are paused at least until 12:20 PM. YouTube has paused us for a while. " +
        "5 videos are waiting. Nothing is lost, it goes on by itself in about 20 minutes.",
    );
    expect(said(lanes, "de")).toMatch(/^Titel und Untertitel pausieren mindestens bis 12:20\./);
  });

  it("counts one video as one, and says no countdown for a few minutes", () => {
    expect(said([paused({ name: "player", waiting: 1, resumes_at: at(2) })], "de")).toBe(
      "Videodaten pausieren bis 12:02. YouTube bittet um ein langsameres Tempo. 1 Video wartet. " +
        "Nichts geht verloren, es geht von selbst weiter.",
    );
  });

  it("never says YouTube of the service that makes captions, and says it after YouTube", () => {
    const service = paused({ name: "groq", waiting: 3 });
    expect(said([service])).toBe(
      "Captions from the sound are paused until 12:20 PM. The service that makes them asks for patience. " +
        "3 videos are waiting. Nothing is lost, it goes on by itself in about 20 minutes.",
    );
    expect(said([service], "de")).toMatch(/^Untertitel aus dem Ton pausieren bis 12:20\. Der Dienst, /);
    expect(said([{ ...service, reason_code: "upstream_down" }])).toMatch(/ can’t be reached /);
    expect(said([service, paused()])).toMatch(/^Captions are paused .* YouTube .* 12 videos/);
    expect(said([paused({ name: "media", waiting: 2 })])).toMatch(/^Captions from the sound .* YouTube /);
  });

  it("is silent of a service that has to be set up anew: the settings say it", () => {
    expect(said([paused({ name: "groq", reason_code: "transcription_key_invalid" })])).toBeNull();
  });

  it("speaks of playlists where no video is known that waits", () => {
    const playlists = paused({ name: "playlist", waiting: 2, resumes_at: at(2) });
    expect(said([playlists])).toMatch(/^Playlists are paused .* 2 playlists are waiting\./);
    expect(said([paused({ ...playlists, waiting: 1 })], "de")).toMatch(/^Playlists .* 1 Playlist wartet\./);
    expect(said([playlists, paused()])).toMatch(/^Playlists and captions .* 12 videos are waiting\./);
  });

  it("promises no time that nobody knows", () => {
    expect(said([paused({ resumes_at: null })])).toMatch(/^Captions are paused for now\./);
  });

  it("names the day of a block that lasts into tomorrow", () => {
    expect(said([paused({ resumes_at: at(20 * 60) })])).toMatch(
      /^Captions are paused until tomorrow, 8:00 AM\..*in about 20 hours\.$/,
    );
    expect(said([paused({ resumes_at: at(20 * 60) })], "de")).toMatch(/pausieren bis morgen, 08:00\./);
  });

  it("tells of a careful new try without an alarm, and without a reason", () => {
    const lanes = [paused({ state: "probing", resumes_at: null })];
    expect(said(lanes)).toBe(
      "Captions are being tried again, carefully. 12 videos are waiting. Nothing is lost, it goes on by itself.",
    );
  });

  it("is nothing for pictures, for a lane nobody waits for, for a slow one and for a pause of seconds", () => {
    expect(
      said([
        paused({ name: "thumbnail" }),
        paused({ name: "player", waiting: 0 }),
        aLane({ name: "oembed", state: "slow", waiting: 3 }),
        paused({ resumes_at: at(2 / 60) }),
      ]),
    ).toBeNull();
  });

  it("never holds a code, in either language and for any reason", () => {
    for (const reason_code of [...LANE_ERRORS, null, "internal" as const]) {
      for (const language of ["en", "de"]) {
        for (const state of ["paused", "probing"] as const) {
          expect(said([paused({ reason_code, state })], language)).not.toMatch(/_|\d{3}|timedtext|\{/);
        }
      }
    }
  });
});

describe("the line itself", () => {
  const wait = laneNotice([paused()], now);
  const open = laneNotice([paused({ resumes_at: null })], now);
  const probing = laneNotice([paused({ state: "probing" })], now);

  it("shows a pause of known length at once", () => {
    expect(settleNotice(NO_NOTICE, wait, now).shown).toEqual(wait);
  });

  it("waits some seconds before it tells of a pause of unknown length", () => {
    const first = settleNotice(NO_NOTICE, open, now);
    expect(first.shown).toBeNull();
    expect(settleNotice(first, open, now + SETTLE_MS - 1).shown).toBeNull();
    expect(settleNotice(first, open, now + SETTLE_MS).shown).toEqual(open);
    expect(settleNotice(settleNotice(first, null, now + 2000), null, now + 9000).shown).toBeNull();
  });

  it("stays as it is while states follow each other every second", () => {
    let state = settleNotice(NO_NOTICE, wait, now);
    for (let second = 1; second < 30; second += 1) {
      state = settleNotice(state, second % 2 ? probing : null, now + second * 1000);
      expect(state.shown).toEqual(wait);
    }
  });

  it("goes a few seconds after the pause has ended", () => {
    const state = settleNotice(settleNotice(NO_NOTICE, wait, now), null, now + 1000);
    expect(state.shown).toEqual(wait);
    expect(settleNotice(state, null, now + 1000 + SETTLE_MS).shown).toBeNull();
  });

  it("takes new counts and times at once", () => {
    const more = laneNotice([paused({ waiting: 30, resumes_at: at(40) })], now);
    expect(settleNotice(settleNotice(NO_NOTICE, wait, now), more, now + 10).shown).toEqual(more);
  });
});
