import { screen } from "@testing-library/react";
import { aVideo } from "@tests/factories";
import { renderWithApp } from "@tests/render";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import type { Find } from "@/hooks/useFind";
import type { Player } from "@/hooks/usePlayer";
import { NOTHING_FOUND } from "@/lib/findWords";
import { progressOf } from "@/lib/progress";
import { ALL_ERRORS, type ErrorCode, PAGE_ERRORS } from "@/types/errors";
import type { Enrichment } from "@/types/video";
import { VideoPanel } from "./VideoPanel";

const server = setupServer(
  http.get("*/api/transcription", () => HttpResponse.json({ provider: "groq", model: "whisper" })),
);
beforeAll(() => server.listen());
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const time = { get: () => 0, started: () => false, subscribe: () => () => {} };
const player = { time } as unknown as Player;
const find: Find = {
  query: "",
  setQuery: () => {},
  found: NOTHING_FOUND,
  at: -1,
  byHand: false,
  step: () => {},
  marksOf: () => [],
};
const copying = { quote: () => {}, youtubeLink: () => {}, ownLink: () => {} };

function panelOf(changes: Parameters<typeof aVideo>[0], last_error_code: ErrorCode | null) {
  const video = aVideo({ captions_source: "none", ...changes });
  const enrichment: Enrichment = {
    stage: video.import_stage,
    description: null,
    captions: { source: "none", language: null, cues: [] },
    chapters: [],
    chapters_source: "none",
    last_error_code,
    transcription: null,
    transcription_estimate: null,
  };
  renderWithApp(
    <VideoPanel
      video={video}
      enrichment={enrichment}
      progress={progressOf(video)}
      player={player}
      find={find}
      copying={copying}
      about={null}
    />,
  );
  return screen.getByTestId("no-transcript");
}

const codes = ALL_ERRORS.filter((code) => !(PAGE_ERRORS as readonly string[]).includes(code)) as ErrorCode[];

it.each(codes)("says why there are no captions of a finished video: %s", (code) => {
  const why = panelOf({ captions_code: code }, code);
  expect(why.textContent?.trim()).not.toBe("");
  expect(why.textContent).not.toMatch(/_|undefined/);
});

it.each(codes)("says why there are none of a video that can't be had: %s", (code) => {
  const why = panelOf({ import_stage: "error", import_progress: 25, error_code: code }, code);
  expect(why.textContent).toMatch(/^(No captions, because|Captions come later): .+\.$/);
});

it.each([
  ["captions_none", "Make captions now"],
  ["captions_locked", "Make captions now"],
  ["captions_failed", "Try again"],
  ["audio_too_long", "Make captions now"],
  ["transcription_budget", "Make captions now"],
] as const)("offers what fits: %s, %s", async (code, action) => {
  panelOf({ captions_code: code }, code);
  expect(await screen.findByRole("button", { name: action })).toBeTruthy();
});

it.each(["transcription_off", "transcription_key_invalid", "transcription_model_missing"] as const)(
  "leads to the settings where only those help: %s",
  async (code) => {
    panelOf({ captions_code: code, captions_pending: true }, code);
    expect((await screen.findByRole("link", { name: "To the settings" })).getAttribute("href")).toBe(
      "/settings#sound",
    );
  },
);
