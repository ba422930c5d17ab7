import { mkdirSync } from "node:fs";
import { type Page, test } from "@playwright/test";
import type { Video } from "../src/types/video";
import { fakeBackend, grey, inMinutes, job, lane, video } from "./support/fakeBackend";
import { home, tiles } from "./support/library";

/** Every state of a tile in every density, the selection and the menus, for human eyes. */
mkdirSync("screenshots", { recursive: true });

const shot = async (page: Page, name: string) => {
  await page.waitForTimeout(400);
  await page.screenshot({ path: `screenshots/${name}.png` });
};

const fetching: Partial<Video> = { import_stage: "metadata", import_progress: 25, captions_source: null };
const STATES: Partial<Video>[] = [
  grey,
  { ...fetching, title: "Sauerteig", channel: "Backstube Nord" },
  { import_stage: "captions", import_progress: 60 },
  { import_stage: "chapters", import_progress: 90 },
  { ...fetching, import_id: "paused" },
  { ...grey, import_id: "paused" },
  {
    ...fetching,
    error_code: "video_upcoming",
    waiting_until: inMinutes(13 * 24 * 60),
    duration_seconds: null,
  },
  { ...fetching, error_code: "video_live", duration_seconds: null },
  { ...fetching, error_code: "video_processing" },
  { ...fetching, waiting_until: inMinutes(200) },
  { ...fetching, error_code: "import_cancelled" },
  { ...grey, error_code: "import_cancelled" },
  { captions_source: "none" },
  { captions_source: "none", captions_pending: true },
  { import_stage: "error", import_progress: 25, error_code: "video_private" },
  { ...grey, import_stage: "error", error_code: "video_age_restricted" },
  { import_stage: "error", import_progress: 25, error_code: "video_paid" },
  { title: null, channel: null },
  { thumbnail_url: "/api/missing.jpg" },
  {
    title: "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz, vollständig vorgelesen",
    language: "de",
  },
];

for (const [width, height] of [
  [360, 740],
  [1440, 900],
] as const) {
  for (const theme of ["light", "dark"] as const) {
    test(`grid ${width} ${theme}`, async ({ browser }) => {
      const german = theme === "dark";
      const page = await browser.newPage({
        colorScheme: theme,
        viewport: { width, height },
        locale: german ? "de-DE" : "en-GB",
        hasTouch: width === 360,
      });
      const videos = Array.from({ length: 60 }, (_, i) => video(i, STATES[i]));
      await fakeBackend(page, {
        videos,
        imports: [job(8, 2, { id: "paused", state: "paused" })],
        lanes: [lane("timedtext")],
      });
      await page.goto(home);
      await tiles(page).first().waitFor();
      const name = (what: string) => `grid-${what}-${width}-${theme}`;
      for (const density of ["comfortable", "compact", "list"]) {
        await page.evaluate((value) => {
          const kept = JSON.parse(
            localStorage.getItem("videothek.preferences") ?? '{"state":{},"version":0}',
          );
          kept.state.density = value;
          localStorage.setItem("videothek.preferences", JSON.stringify(kept));
        }, density);
        await page.reload();
        await tiles(page).first().waitFor();
        await shot(page, name(density));
        await page.mouse.wheel(0, density === "list" ? 700 : 560);
        await shot(page, name(`${density}-below`));
      }
      await page.evaluate(() => localStorage.removeItem("videothek.preferences"));
      await page.goto(home);
      await tiles(page).nth(2).waitFor();
      const view = page.getByRole("button", { name: german ? "Ansicht" : "View", exact: true });
      if (width > 600) {
        await page.getByRole("button", { name: german ? "Filtern" : "Filter" }).click();
        await shot(page, name("filter"));
        await page.keyboard.press("Escape");
      }
      await view.filter({ visible: true }).click();
      await shot(page, name("view"));
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: german ? "Aktionen für die Liste" : "List actions" }).click();
      await page.getByRole("menuitem", { name: german ? "Auswählen" : "Select" }).click();
      const boxes = page.getByRole("checkbox");
      for (const i of [1, 2, 3]) await boxes.nth(i).click();
      await tiles(page).nth(6).focus();
      await page.keyboard.press("ArrowLeft");
      await shot(page, name("selected"));
      await page.keyboard.press("Delete");
      await page.getByRole("dialog").waitFor();
      await shot(page, name("remove"));
      await page.keyboard.press("Escape");
      await page.goto(`${page.url().split("?")[0]}?show=waiting&sort=title`);
      await tiles(page).first().waitFor();
      await shot(page, name("waiting"));
      await page.close();
    });
  }
}
