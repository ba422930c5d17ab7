import { mkdirSync } from "node:fs";
import { type Page, test } from "@playwright/test";
import { ports } from "../playwright.config";
import type { Video } from "../src/types/video";
import { fakeBackend, grey, inMinutes, job, lane, laneHour, video } from "./support/fakeBackend";

/** Pauses, waiting videos and the page of imports, for human eyes. */
const home = `http://127.0.0.1:${ports.page}`;
mkdirSync("screenshots", { recursive: true });

const shot = async (page: Page, name: string, fullPage = false) => {
  await page.waitForTimeout(500);
  await page.screenshot({ path: `screenshots/${name}.png`, fullPage });
};

const waiting: Partial<Video> = { import_stage: "metadata", import_progress: 25, captions_source: null };
const STATES: Partial<Video>[] = [
  grey,
  {
    ...waiting,
    error_code: "video_upcoming",
    waiting_until: inMinutes(13 * 24 * 60),
    duration_seconds: null,
  },
  { ...waiting, error_code: "video_live", waiting_until: inMinutes(40), duration_seconds: null },
  { ...waiting, error_code: "video_processing", waiting_until: inMinutes(10) },
  { ...waiting, waiting_until: inMinutes(200) },
  { ...grey, error_code: "video_upcoming" },
  waiting,
  { import_stage: "captions", import_progress: 60 },
  { import_stage: "error", import_progress: 25, error_code: "video_private" },
  { ...grey, import_stage: "error", error_code: "video_members_only" },
  { import_stage: "error", import_progress: 25, error_code: "video_age_restricted" },
  { import_stage: "error", import_progress: 25, error_code: "video_geo_blocked" },
];

const throttled = { state: "paused", reason_code: "upstream_throttled" } as const;
const imports = [
  job(1000, 388, { progress_percent: 70, eta_seconds: 4300 }),
  job(50, 1, {
    id: "i2",
    list_id: "l3",
    state: "finished",
    created_at: inMinutes(-95),
    counts: { new: 50, duplicate: 3, repeated: 0, rejected: 2, playlist: 0 },
    summary: {
      total: 50,
      imported: 46,
      without_captions: 2,
      unavailable: { video_private: 2, video_deleted: 1 },
      waiting: 1,
      later: 1,
      stopped: 0,
    },
  }),
  job(212, 90, { id: "i3", list_id: "l2", state: "cancelled", created_at: inMinutes(-60 * 26) }),
  job(1, 0, { id: "i4", state: "finished", created_at: inMinutes(-60 * 24 * 9) }),
];
const lanes = [
  lane("oembed", { rate_per_minute: 60 }),
  lane("player", { state: "slow", reason_code: "upstream_throttled", waiting: 214 }),
  lane("timedtext", { ...throttled, waiting: 174, resumes_at: inMinutes(22) }),
  lane("thumbnail"),
];
const laneHistory = [
  laneHour("oembed", 60),
  laneHour("player", 20),
  laneHour("timedtext", 7),
  laneHour("thumbnail", 0),
];

for (const theme of ["light", "dark"] as const) {
  for (const [width, height] of [
    [360, 740],
    [768, 1000],
    [1440, 900],
  ] as const) {
    test(`states ${theme} ${width}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: theme });
      await page.setViewportSize({ width, height });
      const videos = Array.from({ length: 24 }, (_, i) => video(i, STATES[i]));
      const backend = await fakeBackend(page, { videos, lanes, imports, laneHistory });
      await page.goto(home);
      await page.getByTestId("lane-line").waitFor();
      await shot(page, `states-${width}-${theme}`, true);
      backend.send({
        lanes: [
          lane("oembed", {
            ...throttled,
            waiting: 3,
            resumes_at: inMinutes(61),
            reason_code: "upstream_blocked",
          }),
        ],
      });
      await page.waitForTimeout(3500);
      await page.goto(`${home}/imports`);
      await page.getByTestId("lane-player").waitFor();
      await page.getByTestId("import-row").nth(1).locator("summary").click();
      await shot(page, `imports-${width}-${theme}`, true);
      if (width !== 768) {
        await page.goto(`${home}/videos/v1`);
        await page.getByRole("heading", { level: 1 }).waitFor();
        await shot(page, `waiting-video-${width}-${theme}`);
      }
    });
  }
}

test("no imports yet, in German", async ({ browser }) => {
  const page = await browser.newPage({ locale: "de-DE", viewport: { width: 1280, height: 800 } });
  await fakeBackend(page, {
    videos: [video(0)],
    laneHistory: laneHistory.map(({ name }) => laneHour(name, 0)),
  });
  await page.goto(`${home}/imports`);
  await page.getByText("Noch nichts importiert").waitFor();
  await shot(page, "imports-empty-de");
});
