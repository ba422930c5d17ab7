import type { Page } from "@playwright/test";
import type { Video } from "../../../src/types/video";
import { type FakeState, type fakeBackend, grey, inMinutes, lane } from "../fakeBackend";
import { library } from "../library";

export type Language = "en" | "de";

export interface State {
  name: string;
  backend?: () => Partial<FakeState>;
  path?: string;
  /** What somebody has chosen in this browser before. */
  preferences?: Record<string, unknown>;
  /** From the opened page to the state. */
  show?: (scene: Scene) => Promise<void>;
  /** A menu is open: beside all landmarks, as Radix puts it there, and scrolled by its arrow keys. */
  menu?: boolean;
  /** Only to be looked at: another state has all of its parts. */
  pictureOnly?: boolean;
  /** The whole page, not only what fits the window. */
  whole?: boolean;
}

export interface Scene {
  page: Page;
  backend: Awaited<ReturnType<typeof fakeBackend>>;
  /** A text of the page in its language: "tile.actions". */
  words: (key: string) => RegExp;
  /** A phone: some things are behind a button there. */
  narrow: boolean;
}

export const fetching: Partial<Video> = {
  import_stage: "metadata",
  import_progress: 25,
  captions_source: null,
};
const announced: Partial<Video> = { ...fetching, duration_seconds: null };
export const failed = (error_code: Video["error_code"]): Partial<Video> => ({
  import_stage: "error",
  import_progress: 25,
  error_code,
});

/** What a tile can look like; what comes after them is complete. */
export const TILES: Partial<Video>[] = [
  grey,
  fetching,
  { import_stage: "captions", import_progress: 60 },
  { import_stage: "chapters", import_progress: 90 },
  { ...fetching, import_id: "paused" },
  { ...grey, import_id: "paused" },
  { ...announced, error_code: "video_upcoming", waiting_until: inMinutes(13 * 24 * 60) },
  { ...announced, error_code: "video_live", waiting_until: inMinutes(40) },
  { ...announced, error_code: "video_processing", waiting_until: inMinutes(10) },
  { ...fetching, waiting_until: inMinutes(200) },
  { ...fetching, error_code: "import_cancelled" },
  { ...grey, error_code: "import_cancelled" },
  {},
  { captions_source: "none" },
  { captions_source: "none", captions_pending: true },
  failed("video_private"),
  { ...grey, ...failed("video_members_only"), import_progress: 0 },
  failed("video_age_restricted"),
  failed("video_geo_blocked"),
  { title: null, channel: null },
  { thumbnail_url: "/api/missing.jpg" },
  {
    title: "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz, vollständig vorgelesen",
    language: "de",
  },
];

export const tilesOfAllKinds = () => ({ videos: library(36, (i) => TILES[i] ?? {}) });

export const pausedLanes = () => [
  lane("oembed", { rate_per_minute: 60 }),
  lane("player", { state: "slow", reason_code: "upstream_throttled", waiting: 214 }),
  lane("timedtext", {
    state: "paused",
    reason_code: "upstream_throttled",
    waiting: 174,
    resumes_at: inMinutes(22),
  }),
  lane("thumbnail"),
];

export const firstTile = ({ page }: Scene) => page.locator("[data-youtube-id]").first().waitFor();
export const heading = ({ page }: Scene) => page.locator("h1").first().waitFor();
