import { mkdirSync } from "node:fs";
import { type Page, test } from "@playwright/test";
import type { ImportItem, Video } from "../src/types/video";
import { fakeBackend, grey, inMinutes, job, lane, laneHour, video } from "./support/fakeBackend";
import { item } from "./support/fakeImports";
import { home } from "./support/library";

/** Imports under way, their end, and the page of one, for human eyes. */
mkdirSync("screenshots", { recursive: true });

const shot = async (page: Page, name: string, fullPage = false) => {
  await page.waitForTimeout(500);
  await page.screenshot({ path: `screenshots/${name}.png`, fullPage });
};

const CHANGES: Partial<Video>[] = [
  {},
  { captions_source: "none" },
  { import_stage: "error", import_progress: 25, error_code: "video_private" },
  { import_stage: "error", import_progress: 25, error_code: "video_age_restricted" },
  { ...grey },
  { import_stage: "metadata", import_progress: 25, captions_source: null },
  { ...grey, import_stage: "metadata", import_progress: 25, error_code: "video_upcoming", title: "Premiere" },
  { import_stage: "metadata", import_progress: 25, error_code: "import_cancelled" },
];
const videos = Array.from({ length: 40 }, (_, i) => video(i, CHANGES[i] ?? {}));
const items: ImportItem[] = [
  ...videos.map((one, i) => item(i + 1, { from: one })),
  item(41, { from: video(41), verdict: "duplicate", outcome: "duplicate" }),
  item(42, { from: video(1), verdict: "repeated", outcome: "repeated" }),
  item(43, {
    text: "Titel;Kanal;Notizen zu einer sehr langen Zeile, die kein Link ist",
    reason_code: "no_link",
  }),
  item(44, {
    text: "https://www.youtube.com/playlist?list=PLabc",
    verdict: "playlist",
    outcome: "playlist",
    reason_code: "playlist",
  }),
];
const summary = {
  total: 40,
  imported: 34,
  without_captions: 6,
  unavailable: { video_private: 1, video_age_restricted: 1 },
  waiting: 4,
  later: 1,
  stopped: 0,
};
const counts = { new: 40, duplicate: 1, repeated: 1, rejected: 1, playlist: 1 };
const running = (changes = {}) => job(1000, 388, { progress_percent: 70, eta_seconds: 7100, ...changes });
const several = [
  running({
    created_at: inMinutes(-50),
    summary: { ...summary, total: 1000, imported: 605, waiting: 388, later: 3 },
  }),
  job(1500, 1072, { id: "i2", list_id: "l2", created_at: inMinutes(-55), eta_seconds: 5000 }),
  job(500, 300, { id: "i3", list_id: "l3", state: "paused", created_at: inMinutes(-60), eta_seconds: null }),
  job(80, 70, { id: "i4", list_id: "l3", created_at: inMinutes(-70) }),
];
const paused = lane("timedtext", {
  state: "paused",
  reason_code: "upstream_throttled",
  waiting: 174,
  resumes_at: inMinutes(22),
});
const laneHistory = [
  { ...laneHour("oembed", 400), minutes: laneHour("oembed", 400).minutes.slice(-4), pauses: [] },
  { ...laneHour("player", 20), minutes: laneHour("player", 20).minutes.slice(-4), pauses: [] },
  {
    ...laneHour("timedtext", 7),
    minutes: laneHour("timedtext", 7)
      .minutes.slice(-4)
      .map((minute) => ({ ...minute, rate_per_minute: 120 })),
    pauses: [],
  },
  laneHour("thumbnail", 0),
];

for (const theme of ["light", "dark"] as const) {
  for (const [width, height, locale] of [
    [360, 740, "de-DE"],
    [360, 740, "en-GB"],
    [1440, 900, "de-DE"],
    [1440, 900, "en-GB"],
  ] as const) {
    test(`imports ${theme} ${width} ${locale}`, async ({ browser }) => {
      const context = await browser.newContext({ locale, viewport: { width, height }, colorScheme: theme });
      const page = await context.newPage();
      const name = (what: string) => `import-${what}-${width}-${theme}-${locale.slice(0, 2)}`;
      const german = locale.startsWith("de");
      const backend = await fakeBackend(page, { videos, items, imports: several.slice(0, 1), laneHistory });
      await page.goto(home);
      const card = page.getByTestId("job-progress-card").first();
      await card.waitFor();
      await shot(page, name("dock-one"));
      await card.getByRole("button").first().click();
      await shot(page, name("dock-open"));
      await page.getByRole("button", { name: german ? "Abbrechen" : "Cancel" }).click();
      await shot(page, name("cancel"));
      await page.keyboard.press("Escape");
      await card.getByRole("button").first().click();
      backend.send({ lanes: [paused], imports: several.slice(0, 3) });
      await page.getByTestId("dock-line").waitFor();
      await shot(page, name("dock-three"));
      backend.send({ imports: several });
      await shot(page, name("dock-many"));
      await page.getByTestId("dock-line").getByRole("button").first().click();
      await shot(page, name("dock-other"));
      backend.send({
        imports: several.map((one) => ({
          ...one,
          state: "finished" as const,
          summary: { ...summary, total: 50, imported: 47, without_captions: 2, waiting: 1 },
        })),
      });
      await page.getByTestId("import-summary").first().waitFor();
      await shot(page, name("toast"));

      backend.state.imports = [job(40, 4, { summary, counts, eta_seconds: 200 })];
      await page.goto(`${home}/imports/i1`);
      await page.getByTestId("import-items").waitFor();
      await shot(page, name("page"));
      await shot(page, name("page-whole"), true);
      await page.goto(`${home}/imports/nothing`);
      await shot(page, name("missing"));
      backend.state.imports = [
        ...several,
        job(212, 90, { id: "i9", list_id: "l2", state: "cancelled", created_at: inMinutes(-900) }),
      ];
      backend.state.lanes = [paused];
      await page.goto(`${home}/imports`);
      await page.getByTestId("lane-player").waitFor();
      await page.getByTestId("import-row").first().locator("summary").click();
      await shot(page, name("list"), true);
      await context.close();
    });
  }
}
