import type { Page } from "@playwright/test";
import { de } from "../../src/lib/i18n/de";
import { en } from "../../src/lib/i18n/en";
import { de as entryDe } from "../../src/lib/i18n/entry/de";
import { en as entryEn } from "../../src/lib/i18n/entry/en";
import { de as importsDe } from "../../src/lib/i18n/imports/de";
import { en as importsEn } from "../../src/lib/i18n/imports/en";
import type { Video } from "../../src/types/video";
import { type FakeState, fakeBackend, grey, inMinutes, job, lane, laneHour, video } from "./fakeBackend";
import { item } from "./fakeImports";
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
  /** A menu is open. Its part of the page is beside all landmarks, as Radix puts it there. */
  menu?: boolean;
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

/** The texts of all parts: each part is looked through in turn, as each knows some words of its own. */
const TEXTS: Record<"en" | "de", object[]> = { en: [en, entryEn, importsEn], de: [de, entryDe, importsDe] };
export type Language = keyof typeof TEXTS;

function wordsOf(language: Language) {
  return (key: string) => {
    const [text] = TEXTS[language].map((part) => textAt(part, key)).filter((found) => found !== undefined);
    if (text === undefined) throw new Error(`no text ${key}`);
    const parts = text.split(/\{\{.*?\}\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${parts.join(".*")}$`);
  };
}

function textAt(texts: object, key: string): string | undefined {
  let found: unknown = texts;
  for (const part of key.split(".")) found = (found as Record<string, unknown> | undefined)?.[part];
  return typeof found === "string" ? found : undefined;
}

/** Opens a page in a state. The page must be new: the backend is made up in its network layer. */
export async function bring(page: Page, state: State, language: Language): Promise<void> {
  page.setDefaultTimeout(10_000);
  const backend = await fakeBackend(page, state.backend?.() ?? { videos: mixed() });
  await page.goto(home + (state.path ?? "/"));
  const narrow = (page.viewportSize()?.width ?? 0) < 1024;
  try {
    await state.show?.({ page, backend, words: wordsOf(language), narrow });
  } catch (cause) {
    throw new Error(`${state.name}: ${cause instanceof Error ? cause.message : cause}`);
  }
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

const firstUse = () => ({ lists: [{ id: "l1", name: "Watch later", video_count: 0 }] });

/** An import with a line for each thing that can come of one. */
function everyOutcome(state: "running" | "finished" | "cancelled"): Partial<FakeState> {
  const stopped = { ...announced, error_code: "import_cancelled" } as const;
  const made = library(8, (i) =>
    i === 3
      ? { captions_source: "none" }
      : i === 4
        ? failed("video_private")
        : i === 5
          ? state === "cancelled"
            ? stopped
            : announced
          : {},
  );
  const [one, two] = made;
  const lines = made.map((from, i) => item(i + 1, { from }));
  const extra = [
    item(9, { from: video(90), outcome: "removed", video: null, video_id: null }),
    item(10, { ...(one && { from: one }), verdict: "repeated", outcome: "repeated" }),
    item(11, { ...(two && { from: two }), verdict: "duplicate", outcome: "duplicate" }),
    item(12, { text: "Notes about the harbour, not a link at all, as people have them in their lists" }),
    item(13, {
      text: "https://www.youtube.com/playlist?list=PLrAXtmErZgOeiKm4sgNOknGvNjby9efdf",
      verdict: "playlist",
      outcome: "playlist",
      reason_code: "playlist",
    }),
  ];
  const waiting = state === "finished" ? 0 : 1;
  const base = job(8, waiting);
  const counts = { new: 9, duplicate: 1, repeated: 1, rejected: 1, playlist: 1 };
  const summary = {
    ...base.summary,
    imported: 6,
    without_captions: 1,
    unavailable: { video_private: 1 },
    stopped: state === "cancelled" ? 1 : 0,
  };
  return {
    videos: made,
    items: [...lines, ...extra],
    imports: [{ ...base, state, counts, summary, eta_seconds: state === "running" ? 90 : null }],
  };
}

const manyImports = () => ({
  videos: mixed(),
  imports: [
    job(1000, 388, { eta_seconds: 4300 }),
    job(120, 30, { id: "i2", list_id: "l2", eta_seconds: 600 }),
    job(60, 59, { id: "i3", list_id: "l3", state: "paused", eta_seconds: null }),
    job(12, 3, { id: "i4", eta_seconds: 20 }),
  ],
});

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
    name: "first-use",
    backend: firstUse,
    show: ({ page, words }) => page.getByRole("button", { name: words("empty.action") }).waitFor(),
  },
  {
    name: "list-empty",
    backend: () => ({}),
    show: ({ page, words }) => page.getByRole("heading", { name: words("empty.listTitle") }).waitFor(),
  },
  {
    name: "drop-overlay",
    backend: tileStates,
    show: async (scene) => {
      await firstTile(scene);
      await drag(scene.page, "dragover");
      await scene.page.getByText(scene.words("hover.title")).waitFor();
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
    menu: true,
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
    name: "card-expanded",
    backend: () => oneImport(200, 130, { eta_seconds: 600 }),
    show: async ({ page }) => {
      await card(page).locator("[aria-expanded=false]").click();
      await card(page).getByRole("link").waitFor();
    },
  },
  {
    name: "card-cancel",
    backend: () => oneImport(200, 130, { eta_seconds: 600 }),
    show: async ({ page, words }) => {
      await card(page).locator("[aria-expanded=false]").click();
      await card(page)
        .getByRole("button", { name: words("action.cancel") })
        .click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "card-paused",
    backend: () => oneImport(200, 130, { state: "paused", eta_seconds: null }),
    show: async ({ page }) => card(page).waitFor(),
  },
  {
    name: "cards-many",
    backend: manyImports,
    show: async ({ page }) => {
      const line = page.getByTestId("dock-line");
      await line.waitFor();
      // On a phone it begins folded.
      const folded = line.locator("[aria-expanded=false]");
      if (await folded.count()) await folded.click();
      await card(page).waitFor();
    },
  },
  {
    name: "cards-many-collapsed",
    backend: manyImports,
    show: async ({ page, narrow }) => {
      const line = page.getByTestId("dock-line");
      await line.waitFor();
      if (!narrow) await line.locator("[aria-expanded]").click();
    },
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
    menu: true,
    backend: () => ({ videos: library(30) }),
    show: async ({ page, words }) => page.getByRole("button", { name: words("lists.actions") }).click(),
  },
  {
    name: "list-choice",
    menu: true,
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
    name: "settings",
    path: "/settings",
    backend: () => ({ videos: library(30) }),
    show: ({ page }) => page.locator("h1").waitFor(),
    whole: true,
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
    show: ({ page, words }) => page.getByText(words("imports.emptyTitle")).waitFor(),
  },
  {
    name: "import-page",
    path: "/imports/i1",
    backend: () => everyOutcome("finished"),
    show: ({ page, words }) => page.getByText(words("outcome.playlist")).first().waitFor(),
    whole: true,
  },
  {
    name: "import-page-running",
    path: "/imports/i1",
    backend: () => everyOutcome("running"),
    show: ({ page, words }) => page.getByText(words("outcome.playlist")).first().waitFor(),
  },
  {
    name: "import-page-cancelled",
    path: "/imports/i1",
    backend: () => everyOutcome("cancelled"),
    show: ({ page, words }) => page.getByText(words("outcome.playlist")).first().waitFor(),
  },
  {
    name: "import-page-unknown",
    path: "/imports/nothing",
    backend: () => everyOutcome("finished"),
    show: ({ page, words }) => page.getByText(words("items.notFoundTitle")).waitFor(),
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
