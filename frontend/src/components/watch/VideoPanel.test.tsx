import { screen } from "@testing-library/react";
import { aVideo } from "@tests/factories";
import { renderWithApp } from "@tests/render";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import type { Find } from "@/hooks/useFind";
import type { Player } from "@/hooks/usePlayer";
import { NOTHING_FOUND } from "@/lib/findWords";
import { progressOf } from "@/lib/progress";
import { ALL_ERRORS, type ErrorCode, PAGE_ERRORS } from "@/types/errors";
import type { Enrichment, Video } from "@/types/video";
import { VideoPanel } from "./VideoPanel";

// It scrolls, which jsdom can't; here it only matters whether it is there.
vi.mock("./Transcript", () => ({ Transcript: () => null }));

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

function show(video: Video, words: Partial<Enrichment>, atMoment = false) {
  const enrichment: Enrichment = {
    stage: video.import_stage,
    description: null,
    captions: { source: "none", language: null, cues: [] },
    chapters: [],
    chapters_source: "none",
    last_error_code: null,
    transcription: null,
    transcription_estimate: null,
    ...words,
  };
  return renderWithApp(
    <VideoPanel
      video={video}
      enrichment={enrichment}
      progress={progressOf(video)}
      player={player}
      find={find}
      copying={copying}
      about={null}
      atMoment={atMoment}
    />,
  );
}

function panelOf(changes: Parameters<typeof aVideo>[0], last_error_code: ErrorCode | null) {
  show(aVideo({ captions_source: "none", ...changes }), { last_error_code });
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

const chapters = [{ start_seconds: 0, title: "The sea" }] as Enrichment["chapters"];
const cues = [{ start_seconds: 0, end_seconds: 2, text: "Light." }] as Enrichment["captions"]["cues"];
const captions = { source: "youtube_auto", language: "en", cues } as const;

it.each([
  ["Chapters", "a video with chapters", { chapters, captions }, false],
  ["Transcript", "a link to a moment", { chapters, captions }, true],
  ["Chapters", "a link to a moment without lines", { chapters }, true],
] as const)("of its tabs on a phone, %s is open at first: %s", (tab, _, words, atMoment) => {
  show(aVideo(), words as Partial<Enrichment>, atMoment);
  expect(screen.getByRole("tab", { name: tab }).getAttribute("aria-selected")).toBe("true");
});
