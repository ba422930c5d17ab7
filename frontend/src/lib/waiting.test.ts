import { aVideo } from "@tests/factories";
import { describe, expect, it } from "vitest";
import { WAITING_VIDEO_ERRORS } from "@/types/errors";
import type { Video } from "@/types/video";
import { i18n } from "./i18n";
import { progressOf } from "./progress";
import { waitBadge, waitKind, waitSentence } from "./waiting";

const noon = new Date(2026, 10, 22, 12);
const at = (minutes: number) => new Date(noon.getTime() + minutes * 60_000).toISOString();
const waiting = (changes: Partial<Video>) =>
  progressOf(aVideo({ import_stage: "metadata", import_progress: 25, ...changes }));

function words(changes: Partial<Video>, language = "de"): [string, string] | null {
  const progress = waiting(changes);
  const kind = waitKind(progress, noon);
  const t = i18n.getFixedT(language);
  return (
    kind && [waitBadge(kind, progress, t, language, noon), waitSentence(kind, progress, t, language, noon)]
  );
}

describe("a video that waits", () => {
  it("for its premiere says when that is", () => {
    expect(words({ error_code: "video_upcoming", waiting_until: at(6 * 60) })).toEqual([
      "Premiere um 18:00",
      "Premiere um 18:00. Noch nicht veröffentlicht. Es geht weiter, sobald es so weit ist.",
    ]);
    expect(words({ error_code: "video_upcoming", waiting_until: at(30 * 60) })?.[0]).toBe(
      "Premiere morgen um 18:00",
    );
    const december = new Date(2026, 11, 5, 18).toISOString();
    expect(words({ error_code: "video_upcoming", waiting_until: december })?.[0]).toBe(
      "Premiere am 5. Dez., 18:00",
    );
    const inYears = new Date(2030, 11, 5, 18).toISOString();
    expect(words({ error_code: "video_upcoming", waiting_until: inYears })?.[0]).toBe(
      "Premiere am 5. Dez. 2030, 18:00",
    );
  });

  it("for a premiere without a date, or one whose time has come, promises none", () => {
    const said = "Noch nicht veröffentlicht";
    expect(words({ error_code: "video_upcoming" })?.[0]).toBe(said);
    expect(words({ error_code: "video_upcoming", waiting_until: at(-5) })?.[0]).toBe(said);
  });

  it("for the end of a live stream or for YouTube's processing says when it is looked at again", () => {
    expect(words({ error_code: "video_live", waiting_until: at(30) })).toEqual([
      "Läuft gerade live",
      "Läuft gerade live. Es geht nach der Übertragung weiter. Wieder nachgesehen wird um 12:30.",
    ]);
    expect(words({ error_code: "video_processing", waiting_until: at(30) })?.[0]).toBe(
      "Wird noch verarbeitet",
    );
  });

  it("because its import was cancelled says so, and promises no time", () => {
    expect(words({ error_code: "import_cancelled" })).toEqual([
      "Gestoppt",
      "Gestoppt, weil der Import abgebrochen wurde.",
    ]);
  });

  it("after failures of its own says when the next try is", () => {
    expect(words({ waiting_until: at(90) })).toEqual([
      "Neuer Versuch um 13:30",
      "Das hat mehrmals nicht geklappt. Neuer Versuch um 13:30.",
    ]);
  });

  it("for an ordinary retry in a few seconds says nothing", () => {
    expect(words({ waiting_until: at(0.2) })).toBeNull();
    expect(words({})).toBeNull();
  });

  it("is not waiting once it is over", () => {
    for (const import_stage of ["complete", "error"] as const) {
      expect(words({ import_stage, error_code: "video_live", waiting_until: at(30) })).toBeNull();
    }
  });

  it("has words without codes for every reason, in both languages", () => {
    for (const error_code of WAITING_VIDEO_ERRORS) {
      for (const language of ["en", "de"]) {
        for (const waiting_until of [null, at(30), at(3000)]) {
          const [badge, sentence] = words({ error_code, waiting_until }, language) ?? ["", ""];
          expect(badge).not.toMatch(/_|^$|\{/);
          expect(sentence).toMatch(/^[^_{]+\.$/);
        }
      }
    }
  });
});
