import { type FakeState, inMinutes, job, video } from "../fakeBackend";
import { item } from "../fakeImports";
import { laneHour } from "../fakeLanes";
import { hour, library, mixed, severalImports } from "../library";
import { failed, fetching, firstTile, pausedLanes, type Scene, type State } from "./scene";

const oneImport = (total: number, waiting: number, changes = {}): Partial<FakeState> => ({
  videos: library(Math.min(total, 400), (i) => {
    if (i < total - waiting) return {};
    if (i < total - waiting + 6) return { import_stage: "captions", import_progress: 60 };
    return i < total - waiting + 14
      ? fetching
      : { ...fetching, import_stage: "created", import_progress: 0, title: null, channel: null };
  }),
  imports: [job(total, waiting, changes)],
});

const manyImports = () => ({
  videos: mixed(),
  imports: [
    job(1000, 388, { eta_seconds: 4300 }),
    job(120, 30, { id: "i2", list_id: "l2", eta_seconds: 600, created_at: inMinutes(-5) }),
    job(60, 59, { id: "i3", list_id: "l3", state: "paused", eta_seconds: null, created_at: inMinutes(-9) }),
    job(12, 3, { id: "i4", eta_seconds: 20, created_at: inMinutes(-12) }),
  ],
});

/** An import with a line for each thing that can come of one. */
function everyOutcome(state: "running" | "finished" | "cancelled"): Partial<FakeState> {
  const left = state === "cancelled" ? ({ ...fetching, error_code: "import_cancelled" } as const) : fetching;
  const changes = [{}, {}, {}, { captions_source: "none" } as const, failed("video_private")];
  const made = library(8, (i) => changes[i] ?? (i === 5 && state !== "finished" ? left : {}));
  const [one, two] = made;
  const lines = [
    ...made.map((from, i) => item(i + 1, { from })),
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
  const base = job(8, state === "finished" ? 0 : 1);
  const summary = {
    ...base.summary,
    imported: 6,
    without_captions: 1,
    unavailable: { video_private: 1 },
    stopped: state === "cancelled" ? 1 : 0,
  };
  const counts = { new: 9, duplicate: 1, repeated: 1, rejected: 1, playlist: 1 };
  return {
    videos: made,
    items: lines,
    imports: [{ ...base, state, counts, summary, eta_seconds: state === "running" ? 90 : null }],
  };
}

const card = ({ page }: Scene) => page.getByTestId("job-progress-card").first();
const lines = ({ page }: Scene) => page.getByTestId("import-items").waitFor();

async function unfold(scene: Scene) {
  await card(scene).locator("[aria-expanded=false]").click();
  await card(scene).getByRole("link").waitFor();
}

/** Imports under way, their end, and their pages. */
export const importStates: State[] = [
  { name: "import-first-minutes", backend: () => oneImport(47, 43, { eta_seconds: 540 }), show: firstTile },
  { name: "import-thousand", backend: () => oneImport(1000, 388, { eta_seconds: 4300 }), show: firstTile },
  { name: "card-unfolded", backend: () => oneImport(200, 130, { eta_seconds: 600 }), show: unfold },
  {
    name: "card-cancel",
    backend: () => oneImport(200, 130, { eta_seconds: 600 }),
    show: async (scene) => {
      await unfold(scene);
      await card(scene)
        .getByRole("button", { name: scene.words("action.cancelShort") })
        .click();
      await scene.page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "card-paused",
    backend: () => oneImport(200, 130, { state: "paused", eta_seconds: null }),
    show: (scene) => card(scene).waitFor(),
  },
  { name: "cards-many", backend: manyImports, show: (scene) => foldAll(scene, false) },
  { name: "cards-many-folded", backend: manyImports, show: (scene) => foldAll(scene, true) },
  {
    name: "summary",
    backend: () => oneImport(50, 3, { eta_seconds: 20 }),
    show: async (scene) => {
      await card(scene).waitFor();
      const base = job(50, 0, { state: "finished" });
      const outcome = { imported: 47, without_captions: 2, unavailable: { video_private: 1 } };
      scene.backend.send({
        imports: [{ ...base, summary: { ...base.summary, ...outcome, waiting: 2, later: 2 } }],
      });
      // A pointer on it: it stays as long as somebody may be reading.
      await scene.page.getByTestId("import-summary").hover();
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
      await card(scene).waitFor();
      scene.backend.state.socketRefused = true;
      await scene.backend.drop();
      await scene.page.getByText(scene.words("connection.offline")).waitFor();
      await scene.page.waitForTimeout(1500);
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
    show: lines,
    whole: true,
  },
  { name: "import-page-running", path: "/imports/i1", backend: () => everyOutcome("running"), show: lines },
  {
    name: "import-page-cancelled",
    path: "/imports/i1",
    backend: () => everyOutcome("cancelled"),
    show: lines,
  },
  {
    name: "import-page-unknown",
    path: "/imports/nothing",
    backend: () => everyOutcome("finished"),
    show: ({ page, words }) => page.getByText(words("items.notFoundTitle")).waitFor(),
  },
];

/** On a phone it begins folded, on a desk unfolded. */
async function foldAll(scene: Scene, folded: boolean) {
  const line = scene.page.getByTestId("dock-line");
  await line.waitFor();
  const toggle = line.locator(`[aria-expanded=${folded}]`);
  if (await toggle.count()) await toggle.click();
}
