import type { Video } from "../../../src/types/video";
import { type FakeState, inMinutes, job } from "../fakeBackend";
import { takeout } from "../fakePreviews";
import { estimate, transcript, transcriptionStatus } from "../fakeTranscription";
import { library } from "../library";
import { dropFile } from "./preview";
import { firstTile, heading, type Scene, type State } from "./scene";

/** Everything that has to do with captions made from the sound. */
const without: Partial<Video> = { captions_source: "none", captions_code: "captions_none" };

export const soundless = (change: Partial<Video> = {}, count = 12) =>
  library(count, (i) => (i === 0 ? { ...without, ...change } : {}));

const TILES: Partial<Video>[] = [
  { import_stage: "metadata", import_progress: 43, captions_source: null },
  { ...without, captions_pending: true },
  { ...without, captions_pending: true, captions_code: "transcription_budget" },
  without,
  { ...without, captions_code: "captions_failed" },
  { ...without, captions_code: "audio_too_long", duration_seconds: 32_000 },
  { ...without, captions_code: "captions_locked" },
  { captions_source: "whisper" },
  { ...without, captions_pending: true, captions_code: "transcription_off" },
];

const tilesWithSound = () => ({ videos: library(24, (i) => TILES[i] ?? {}) });

function videoState(name: string, backend: Partial<FakeState>, changes: Partial<State> = {}): State {
  return {
    name: `video-${name}`,
    path: "/videos/v0",
    backend: () => ({ videos: soundless(), chapters: [], ...backend }),
    show: async ({ page }) => {
      await page.getByRole("tab").first().or(page.getByTestId("no-transcript")).first().waitFor();
      await page.getByTestId("no-transcript").waitFor();
    },
    pictureOnly: true,
    ...changes,
  };
}

const pending = { videos: soundless({ captions_pending: true, captions_code: null }) };

const imported = () =>
  job(60, 0, {
    state: "finished",
    finished_at: inMinutes(-3),
    undo_until: inMinutes(1200),
    summary: {
      ...job(60, 0).summary,
      imported: 58,
      without_captions: 9,
      unavailable: { video_private: 2 },
      transcription: {
        made: estimate(12, 214),
        pending: estimate(7, 96),
        over_budget: 4,
        resumes_at: inMinutes(700),
      },
    },
  });

async function openMenu({ page, words, narrow }: Scene): Promise<void> {
  const tile = page.locator("[data-youtube-id]").nth(3);
  if (!narrow) await tile.hover();
  await tile.getByRole("button", { name: words("tile.actions") }).click();
  await page
    .getByRole("menuitem", { name: words("tile.makeCaptions") })
    .or(page.getByRole("menuitem"))
    .first()
    .waitFor();
}

async function search({ page }: Scene): Promise<void> {
  await page.getByRole("tab").nth(0).or(page.getByTestId("transcript")).first().waitFor();
  const field = page.getByRole("searchbox");
  if (!(await field.isVisible())) await page.getByRole("tab").first().click();
  await field.fill("the wrong hill");
  await page.locator("mark[data-match=current]").first().waitFor();
}

const settings: Partial<State> = {
  path: "/settings#sound",
  show: async ({ page }) => {
    await page.getByTestId("sound-status").or(page.getByTestId("sound-off")).waitFor();
  },
};

export const soundStates: State[] = [
  { name: "sound-tiles", pictureOnly: true, backend: tilesWithSound, show: firstTile },
  {
    name: "sound-menu",
    pictureOnly: true,
    menu: true,
    backend: tilesWithSound,
    show: async (scene) => {
      await firstTile(scene);
      await openMenu(scene);
    },
  },
  {
    name: "sound-bulk",
    backend: () => ({ videos: library(24) }),
    show: async (scene) => {
      await firstTile(scene);
      const { page, words } = scene;
      await page
        .getByRole("checkbox", { name: words("tile.select") })
        .first()
        .focus();
      await page.keyboard.press("Space");
      await page.getByRole("button", { name: words("selection.all") }).click();
      await page.getByRole("button", { name: words("selection.more"), exact: true }).click();
      await page.getByRole("menuitem", { name: words("tile.makeCaptions") }).click();
      await page.getByTestId("make-captions").waitFor();
    },
  },
  videoState("sound-none", {}),
  videoState("sound-off", { transcription: transcriptionStatus({ provider: "off", model: null }) }),
  videoState(
    "sound-words",
    { ...pending, transcripts: { v0: transcript({ parts_done: 3, part_count: 10 }) } },
    { pictureOnly: false },
  ),
  videoState("sound-fetching", { ...pending, transcripts: { v0: transcript({ state: "sound" }) } }),
  videoState("sound-budget", {
    videos: soundless({ captions_pending: true, captions_code: "transcription_budget" }),
    transcripts: {
      v0: transcript({ reason_code: "transcription_budget", resumes_at: inMinutes(700) }),
    },
  }),
  videoState("sound-service", {
    ...pending,
    transcripts: {
      v0: transcript({
        parts_done: 3,
        part_count: 24,
        reason_code: "upstream_throttled",
        resumes_at: inMinutes(40),
      }),
    },
  }),
  videoState("sound-key", {
    ...pending,
    transcripts: { v0: transcript({ reason_code: "transcription_key_invalid" }) },
  }),
  videoState("sound-switched-off", {
    videos: soundless({ captions_pending: true, captions_code: "transcription_off" }),
    transcripts: { v0: transcript({ state: "waiting", part_count: 3, reason_code: "transcription_off" }) },
    transcription: transcriptionStatus({ provider: "off", model: null }),
  }),
  videoState("sound-long", {
    videos: soundless({ captions_code: "audio_too_long", duration_seconds: 32_000 }),
  }),
  videoState("sound-failed", { videos: soundless({ captions_code: "captions_failed" }) }),
  {
    name: "transcript-search",
    path: "/videos/v5?t=90",
    backend: () => ({ videos: library(12, () => ({ captions_source: "whisper" })), chapters: [] }),
    show: search,
  },
  {
    name: "sound-import",
    pictureOnly: true,
    path: "/imports/i1",
    backend: () => ({ videos: library(30), imports: [imported()] }),
    show: heading,
  },
  {
    name: "sound-import-ask",
    pictureOnly: true,
    path: "/imports/i1",
    backend: () => ({ videos: library(30), imports: [imported()] }),
    show: async (scene) => {
      await heading(scene);
      await scene.page.getByTestId("import-captions").getByRole("button").click();
      await scene.page.getByTestId("make-captions").waitFor();
    },
  },
  {
    name: "sound-preview",
    pictureOnly: true,
    backend: () => {
      const lists = [{ id: "l1", name: "Watch later", video_count: 30 }];
      const preview = { ...takeout(lists), transcription: estimate(38, 512, { is_rough: true }) };
      return { videos: library(30), lists, preview };
    },
    show: async (scene) => {
      await firstTile(scene);
      await dropFile(scene);
      await scene.page.locator('[data-testid="preview"][data-state="ready"]').waitFor();
    },
  },
  { name: "sound-settings", pictureOnly: true, ...settings },
  {
    name: "sound-settings-full",
    ...settings,
    pictureOnly: true,
    backend: () => ({
      transcription: transcriptionStatus({
        day: { cap_minutes: 480, used_minutes: 480, resets_at: inMinutes(700) },
        month: { cap_minutes: 9000, used_minutes: 2412, resets_at: inMinutes(11_000) },
        waiting: estimate(3, 125),
      }),
    }),
  },
  {
    name: "sound-settings-small",
    ...settings,
    pictureOnly: true,
    backend: () => ({
      transcription: transcriptionStatus({
        day: { cap_minutes: 5, used_minutes: 4.53, resets_at: inMinutes(700) },
        month: { cap_minutes: null, used_minutes: 4.53, resets_at: inMinutes(11_000) },
        cost_this_month: 0.003,
      }),
    }),
  },
  {
    name: "sound-settings-key",
    ...settings,
    backend: () => ({
      transcription: transcriptionStatus({ problem_code: "transcription_key_invalid" }),
    }),
  },
  {
    name: "sound-settings-off",
    pictureOnly: true,
    ...settings,
    backend: () => ({ transcription: transcriptionStatus({ provider: "off", model: null }) }),
  },
];
