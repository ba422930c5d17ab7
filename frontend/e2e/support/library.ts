import type { Page } from "@playwright/test";
import { ports } from "../../playwright.config";
import type { Video } from "../../src/types/video";
import { grey, inMinutes, job, video } from "./fakeBackend";
import { NO_PLAYLISTS } from "./fakeImports";
import { laneHour } from "./fakeLanes";

/** What the specs on the made-up backend share. */
export const home = `http://127.0.0.1:${ports.page}`;

export const library = (count: number, change: (i: number) => Partial<Video> = () => ({})) =>
  Array.from({ length: count }, (_, i) => video(i, change(i)));

export const mixed = () =>
  library(30, (i) => {
    if (i === 0) return grey;
    if (i === 1) return { import_stage: "captions", import_progress: 60 };
    if (i === 3) return { ...grey, error_code: "video_upcoming", waiting_until: inMinutes(600) };
    if (i === 2) return { import_stage: "error", import_progress: 25, error_code: "video_private" };
    return {};
  });

export const tiles = (page: Page) => page.locator("[data-youtube-id]");
export const tile = (page: Page, index: number) =>
  page.locator(`[data-youtube-id="fake${String(index).padStart(7, "0")}"]`);

export const fitsTheWindow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);

export const severalImports = () => [
  job(1000, 388, { eta_seconds: 7000 }),
  job(50, 1, {
    id: "i2",
    list_id: "l3",
    state: "finished",
    created_at: inMinutes(-5),
    counts: { new: 50, duplicate: 3, repeated: 0, rejected: 0, playlist: 0 },
    summary: {
      total: 50,
      imported: 47,
      without_captions: 2,
      unavailable: { video_private: 2 },
      waiting: 1,
      later: 1,
      stopped: 0,
      playlists: NO_PLAYLISTS,
    },
  }),
  ...Array.from({ length: 12 }, (_, i) =>
    job(3, 0, { id: `old${i}`, list_id: "l2", state: "finished", created_at: inMinutes(-60 - i) }),
  ),
];
export const hour = () => [
  laneHour("oembed", 60),
  laneHour("player", 20),
  laneHour("timedtext", 7),
  laneHour("thumbnail", 0),
];
