import type { Page } from "@playwright/test";
import { de } from "../../src/lib/i18n/de";
import { en } from "../../src/lib/i18n/en";
import type { Video } from "../../src/types/video";
import { type FakeState, fakeBackend, grey, inMinutes, job, lane, laneHour } from "./fakeBackend";
import { home, hour, library, mixed, severalImports } from "./library";

/**
 * Every state of every page, one entry each: brought about on the made-up backend, in any language. Looked at
 * by people (screenshots) and by axe.
 */
export interface State {
  name: string;
  backend?: () => Partial<FakeState>;
  path?: string;
  /** From the opened page to the state. */
  show?: (scene: Scene) => Promise<void>;
  /** The whole page, not only what fits the window. */
  whole?: boolean;
}

export interface Scene {
  page: Page;
  backend: Awaited<ReturnType<typeof fakeBackend>>;
  /** A text of the page in its language: "tile.actions". */
  words: (key: string) => RegExp;
  /** The page is narrow: its lists are behind a button. */
  narrow: boolean;
}

const TEXTS = { en, de };
export type Language = keyof typeof TEXTS;

function wordsOf(language: Language) {
  return (key: string) => {
    let found: unknown = TEXTS[language];
    for (const part of key.split(".")) found = (found as Record<string, unknown> | undefined)?.[part];
    if (typeof found !== "string") throw new Error(`no text ${key}`);
    const parts = found.split(/\{\{.*?\}\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${parts.join(".*")}$`);
  };
}

/** Opens a page in a state. The page must be new: the backend is made up in its network layer. */
export async function bring(page: Page, state: State, language: Language): Promise<void> {
  const backend = await fakeBackend(page, state.backend?.() ?? { videos: mixed() });
  await page.goto(home + (state.path ?? "/"));
  const narrow = (page.viewportSize()?.width ?? 0) < 1024;
  await state.show?.({ page, backend, words: wordsOf(language), narrow });
}

const throttled = { state: "paused", reason_code: "upstream_throttled" } as const;
const announced: Partial<Video> = {
  import_stage: "metadata",
  import_progress: 25,
  captions_source: null,
  duration_seconds: null,
};
const failed = (error_code: Video["error_code"]): Partial<Video> => ({
  import_stage: "error",
  import_progress: 25,
  error_code,
});

/** What a tile can look like; what comes after them is complete. */
export const TILE_STATES: Partial<Video>[] = [
  grey,
  { ...announced, captions_source: null },
  { import_stage: "captions", import_progress: 60 },
  { import_stage: "chapters", import_progress: 90 },
  {},
  { captions_source: "none" },
  { ...announced, error_code: "video_upcoming", waiting_until: inMinutes(13 * 24 * 60) },
  { ...announced, error_code: "video_live", waiting_until: inMinutes(40) },
  { ...announced, error_code: "video_processing", waiting_until: inMinutes(10) },
  { ...announced, waiting_until: inMinutes(200) },
  { ...grey, error_code: "video_upcoming" },
  failed("video_private"),
  { ...grey, ...failed("video_members_only"), import_progress: 0 },
  failed("video_age_restricted"),
  failed("video_geo_blocked"),
  { thumbnail_url: "" },
];

const tileStates = () => ({ videos: library(30, (i) => TILE_STATES[i] ?? {}) });
const oneImport = (total: number, waiting: number, changes = {}) => ({
  videos: library(Math.min(total, 400), (i) => {
    if (i < total - waiting) return {};
    if (i < total - waiting + 6) return { import_stage: "captions", import_progress: 60 };
    return i < total - waiting + 14 ? announced : grey;
  }),
  imports: [job(total, waiting, changes)],
});
const pausedLanes = () => [
  lane("oembed", { rate_per_minute: 60 }),
  lane("player", { state: "slow", reason_code: "upstream_throttled", waiting: 214 }),
  lane("timedtext", { ...throttled, waiting: 174, resumes_at: inMinutes(22) }),
  lane("thumbnail"),
];

const firstTile = ({ page }: Scene) => page.locator("[data-youtube-id]").first().waitFor();
const card = (page: Page) => page.getByTestId("job-progress-card").first();

async function drag(page: Page, kind: "dragover" | "drop"): Promise<void> {
  await page.evaluate((kind) => {
    const data = new DataTransfer();
    data.setData("text/plain", "https://youtu.be/dQw4w9WgXcQ https://youtu.be/aaaaaaaaaa1");
    document.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
  }, kind);
}

export const STATES: State[] = [
  { name: "sign-in", backend: () => ({ signedIn: false }), show: ({ page }) => page.locator("h1").waitFor() },
  {
    name: "sign-in-password",
    backend: () => ({ signedIn: false }),
    show: async ({ page, words }) => {
      await page.getByText(words("signIn.withPassword")).click();
      await page.getByLabel(words("signIn.username")).fill("owner");
    },
  },
  {
    name: "empty",
    backend: () => ({}),
    show: ({ page, words }) => page.getByText(words("library.emptyTitle")).waitFor(),
  },
  {
    name: "drop-overlay",
    backend: () => ({}),
    show: async ({ page, words }) => {
      await page.getByText(words("library.emptyTitle")).waitFor();
      await drag(page, "dragover");
    },
  },
  {
    name: "drop-kept",
    backend: () => ({ ...tileStates(), addFails: true }),
    show: async (scene) => {
      await firstTile(scene);
      await drag(scene.page, "drop");
      await scene.page.getByText(scene.words("kept.title_other")).waitFor();
    },
  },
  {
    name: "add-dialog",
    backend: () => ({ videos: library(30) }),
    show: async (scene) => {
      await firstTile(scene);
      await scene.page.keyboard.press("n");
      await scene.page
        .getByRole("textbox")
        .fill("https://youtu.be/dQw4w9WgXcQ\nhttps://youtu.be/aaaaaaaaaa1");
    },
  },
  { name: "import-first-minutes", backend: () => oneImport(47, 43, { eta_seconds: 540 }), show: firstTile },
  { name: "import-thousand", backend: () => oneImport(1000, 388, { eta_seconds: 4300 }), show: firstTile },
  { name: "tiles-all-states", backend: tileStates, show: firstTile, whole: true },
  {
    name: "tile-focused",
    backend: tileStates,
    show: async (scene) => {
      await firstTile(scene);
      await scene.page.locator("[data-tile-focus]").nth(2).focus();
      await scene.page.keyboard.press("ArrowRight");
    },
  },
  {
    name: "tile-menu",
    backend: tileStates,
    show: async ({ page, words }) => {
      await page
        .getByRole("button", { name: words("tile.actions") })
        .first()
        .click({ force: true });
      await page.getByRole("menu").waitFor();
    },
  },
  {
    name: "list-scrolled",
    backend: () => ({ videos: library(400) }),
    show: async (scene) => {
      await firstTile(scene);
      await scene.page.evaluate(() => window.scrollTo(0, 900));
    },
  },
  {
    name: "card-paused",
    backend: () => oneImport(200, 130, { state: "paused", eta_seconds: null }),
    show: async ({ page }) => card(page).waitFor(),
  },
  {
    name: "cards-many",
    backend: () => ({
      videos: mixed(),
      imports: [
        job(1000, 388, { eta_seconds: 4300 }),
        job(120, 30, { id: "i2", list_id: "l2", eta_seconds: 600 }),
        job(60, 59, { id: "i3", list_id: "l3", state: "paused", eta_seconds: null }),
        job(12, 3, { id: "i4", eta_seconds: 20 }),
      ],
    }),
    show: ({ page }) => card(page).waitFor(),
  },
  {
    name: "summary",
    backend: () => oneImport(50, 3, { eta_seconds: 20 }),
    show: async ({ page, backend }) => {
      await card(page).waitFor();
      const summary = {
        total: 50,
        imported: 47,
        without_captions: 2,
        unavailable: { video_private: 1 },
        waiting: 2,
        later: 2,
      };
      const base = job(50, 0);
      backend.send({ imports: [{ ...base, state: "finished", summary: { ...base.summary, ...summary } }] });
      await page.waitForTimeout(400);
    },
  },
  {
    name: "banner",
    backend: () => ({ ...oneImport(1000, 388, { eta_seconds: 7000 }), lanes: pausedLanes() }),
    show: ({ page }) => page.getByTestId("lane-line").waitFor(),
  },
  {
    name: "offline",
    backend: () => oneImport(200, 130, { eta_seconds: 600 }),
    show: async (scene) => {
      await firstTile(scene);
      scene.backend.state.socketRefused = true;
      await scene.backend.drop();
      await scene.page.getByText(scene.words("connection.offline")).waitFor();
      await scene.page.waitForTimeout(1500);
    },
  },
  {
    name: "list-menu",
    backend: () => ({ videos: library(30) }),
    show: async ({ page, words }) => page.getByRole("button", { name: words("lists.actions") }).click(),
  },
  {
    name: "list-choice",
    backend: () => ({ videos: library(30) }),
    show: async ({ page, words, narrow }) => {
      await page.locator("[data-youtube-id]").first().waitFor();
      if (narrow) await page.getByRole("button", { name: words("lists.choose") }).click();
    },
  },
  {
    name: "list-delete",
    backend: () => ({ videos: library(30) }),
    show: async ({ page, words }) => {
      await page.getByRole("button", { name: words("lists.actions") }).click();
      await page.getByRole("menuitem", { name: words("lists.delete") }).click();
    },
  },
  {
    name: "settings-menu",
    backend: () => ({ videos: library(30) }),
    show: async ({ page, words }) => page.getByRole("button", { name: words("menu.account") }).click(),
  },
  {
    name: "shortcuts",
    backend: () => ({ videos: library(30) }),
    show: async (scene) => {
      await firstTile(scene);
      await scene.page.keyboard.press("?");
      await scene.page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "imports-page",
    path: "/imports",
    backend: () => ({
      videos: mixed(),
      imports: severalImports(),
      laneHistory: hour(),
      lanes: pausedLanes(),
    }),
    show: async ({ page }) => {
      await page.getByTestId("lane-player").waitFor();
      await page.getByTestId("import-row").nth(1).locator("summary").click();
    },
    whole: true,
  },
  {
    name: "imports-page-empty",
    path: "/imports",
    backend: () => ({ videos: mixed(), laneHistory: hour().map(({ name }) => laneHour(name, 0)) }),
    show: ({ page }) => page.getByTestId("lane-player").waitFor(),
  },
  {
    name: "video-complete",
    path: "/videos/v5?t=90",
    show: ({ page }) => page.getByTestId("transcript").waitFor(),
  },
  {
    name: "video-importing",
    path: "/videos/v1",
    backend: () => ({ videos: mixed(), cues: [], chapters: [] }),
    show: ({ page }) => page.locator("h1").waitFor(),
  },
  {
    name: "video-no-captions",
    path: "/videos/v10",
    backend: () => ({ videos: library(30), cues: [] }),
    show: ({ page }) => page.locator("h1").waitFor(),
  },
  {
    name: "video-error",
    path: "/videos/v2",
    backend: () => ({ videos: mixed(), cues: [], chapters: [] }),
    show: ({ page }) => page.locator("h1").waitFor(),
  },
  {
    name: "video-waiting",
    path: "/videos/v0",
    backend: () => ({
      videos: library(8, (i) => (i === 0 ? { ...TILE_STATES[6], title: "A premiere" } : {})),
      cues: [],
      chapters: [],
    }),
    show: ({ page }) => page.locator("h1").waitFor(),
  },
  {
    name: "crash",
    // A name that is none: nothing that a server of ours would send.
    backend: () => ({ lists: [{ id: "l1", name: {} as unknown as string, video_count: 3 }] }),
    show: ({ page, words }) => page.getByText(words("crash.title")).waitFor(),
  },
];
