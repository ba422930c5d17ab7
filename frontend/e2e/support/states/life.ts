import type { ImportJob } from "../../../src/types/video";
import { type FakeState, inMinutes, job, video } from "../fakeBackend";
import { item, NO_PLAYLISTS, playlistLines } from "../fakeImports";
import { follow, token } from "../fakeTools";
import { hour, library, mixed } from "../library";
import { fetching, firstTile, heading, type Scene, type State } from "./scene";

/** The life of an import beyond its run: playlists that are read, undoing; and what a library has to do with the world. */
const lists = (changes = {}) => [
  { id: "l1", name: "Watch later", video_count: 30, follow: follow(changes) },
  {
    id: "l2",
    name: "Talks",
    video_count: 214,
    follow: follow({ list_id: "l2", reason_code: "playlist_failed" }),
  },
  { id: "l3", name: "Kochen und Backen", video_count: 1208 },
];

/** A list that is shared with others, and two that others share. */
const shared = (access: "owner" | "read") => ({
  videos: library(12, (i) => (i < 2 ? { tags: ["Küste"] } : {})),
  lists: [
    access === "owner"
      ? { id: "l1", name: "Watch later", video_count: 12, access, share_count: 2 }
      : { id: "l1", name: "Leuchttürme", video_count: 12, access, owner_name: "Anna" },
    { id: "l2", name: "Talks", video_count: 214, share_count: 1 },
    { id: "l3", name: "Kochen und Backen", video_count: 1208, access: "edit" as const, owner_name: "Berta" },
  ],
});

const followed = (changes = {}) => ({ videos: library(30), lists: lists(changes) });

/** A file with two links and three playlists: one read, one being read, one that is private. */
export function readingImport(state: ImportJob["state"] = "running"): Partial<FakeState> {
  const over = state === "finished" || state === "undone";
  const found = library(12, (i) => (i > 5 && !over ? fetching : {}));
  const items = [
    item(1, { from: video(40) }),
    ...playlistLines(2, [], over ? { outcome: "playlist" } : {}).slice(0, 1),
    item(3, {
      id: "private",
      text: "https://www.youtube.com/playlist?list=PLprivate0000000000000000000000000",
      verdict: "playlist",
      outcome: "unavailable",
      reason_code: "playlist_unavailable",
    }),
    item(4, {
      id: "channel",
      text: "https://www.youtube.com/@harbourlight",
      verdict: "playlist",
      outcome: "playlist",
      reason_code: "channel",
    }),
    item(5, { text: "Notes about the harbour, not a link at all" }),
    ...playlistLines(2, found).slice(1),
    item(1, { from: video(41), id: "channel-1", parent_item_id: "channel" }),
    item(2, {
      from: video(2),
      id: "channel-2",
      parent_item_id: "channel",
      verdict: "repeated",
      outcome: "repeated",
    }),
  ];
  const base = job(14, over ? 0 : 6, {
    state,
    label: "My playlists (2026) from the old computer.csv",
    list_count: 3,
  });
  const playlists = { ...NO_PLAYLISTS, read: 1, waiting: 1, unavailable: 1, found: 14, expected: 42 };
  return {
    videos: [...found, video(40), video(41)],
    items,
    imports: [
      {
        ...base,
        counts: { new: 14, duplicate: 0, repeated: 1, rejected: 1, playlist: 3 },
        created_at: inMinutes(-40),
        progress_percent: over ? 100 : 21,
        eta_seconds: over ? null : 300,
        finished_at: over ? inMinutes(-20) : null,
        undo_until: inMinutes(1400),
        summary: {
          ...base.summary,
          playlists: over ? { ...playlists, read: 2, waiting: 0, expected: 14 } : playlists,
        },
      },
    ],
  };
}

function undoneImport(): Partial<FakeState> {
  const before = readingImport("finished");
  const [finished] = before.imports ?? [];
  const gone = { outcome: "removed", video: null, video_id: null } as const;
  return {
    videos: library(6),
    items: before.items?.map((one) => (one.verdict === "new" ? { ...one, ...gone } : one)) ?? [],
    imports: finished
      ? [
          {
            ...finished,
            state: "undone",
            undo_until: null,
            list_id: null,
            summary: { ...finished.summary, total: 0, imported: 0 },
          },
        ]
      : [],
  };
}

const finishedImport = () => ({
  videos: library(30),
  items: library(30).map((from, i) => item(i + 1, { from })),
  imports: [
    job(312, 0, {
      state: "finished",
      finished_at: inMinutes(-90),
      undo_until: inMinutes(1350),
      created_at: inMinutes(-130),
    }),
  ],
});

const lines = ({ page }: Scene) => page.getByTestId("import-items").waitFor();
const dialog = ({ page }: Scene) => page.getByRole("dialog").waitFor();

async function fromListMenu(scene: Scene, key: string) {
  await firstTile(scene);
  await scene.page.getByRole("button", { name: scene.words("lists.actions") }).click();
  await scene.page.getByRole("menuitem", { name: scene.words(key) }).click();
  await dialog(scene);
}

async function newToken(scene: Scene) {
  await heading(scene);
  await scene.page.getByRole("button", { name: scene.words("tools.new") }).click();
  await scene.page.getByLabel(scene.words("tools.name")).fill("Kurzbefehl auf dem Handy");
}

const someTokens = () => ({
  videos: library(30),
  tokens: [
    token("t2", "Shortcut on my phone", "add", { last_used_at: inMinutes(-190) }),
    token("t1", "A script with a rather long name that somebody has given to it in the night", "full"),
  ],
});

export const lifeStates: State[] = [
  {
    name: "shared-list",
    backend: () => shared("read"),
    show: firstTile,
  },
  {
    name: "share",
    backend: () => shared("owner"),
    show: async (scene) => {
      await firstTile(scene);
      await scene.page
        .getByRole("button", { name: scene.words("lists.actions") })
        .first()
        .click();
      await scene.page.getByRole("menuitem", { name: scene.words("lists.share") }).click();
      await scene.page.getByTestId("shares").waitFor();
    },
  },
  {
    name: "card-reading",
    pictureOnly: true,
    backend: readingImport,
    show: ({ page }) => page.getByTestId("job-progress-card").waitFor(),
  },
  {
    name: "card-reading-unfolded",
    backend: readingImport,
    show: async ({ page }) => {
      await page.getByTestId("job-progress-card").locator("[aria-expanded=false]").click();
      await page.getByTestId("job-progress-card").getByRole("link").waitFor();
    },
  },
  { name: "import-page-reading", path: "/imports/i1", backend: readingImport, show: lines, whole: true },
  {
    name: "import-page-playlists",
    pictureOnly: true,
    path: "/imports/i1",
    backend: () => readingImport("finished"),
    show: lines,
    whole: true,
  },
  {
    name: "import-page-undone",
    pictureOnly: true,
    path: "/imports/i1",
    backend: undoneImport,
    show: lines,
    whole: true,
  },
  {
    name: "undo",
    path: "/imports/i1",
    backend: finishedImport,
    show: async (scene) => {
      await lines(scene);
      await scene.page.getByRole("button", { name: scene.words("action.undo") }).click();
      await dialog(scene);
    },
  },
  {
    name: "imports-page-life",
    path: "/imports",
    backend: () => ({
      videos: mixed(),
      imports: [
        ...(readingImport().imports ?? []),
        ...(readingImport("finished").imports ?? []).map((one) => ({
          ...one,
          id: "i2",
          created_at: inMinutes(-3),
        })),
        ...(undoneImport().imports ?? []).map((one) => ({ ...one, id: "i3", created_at: inMinutes(-9) })),
      ],
      laneHistory: hour(),
    }),
    show: async ({ page }) => {
      const rows = page.getByTestId("import-row");
      for (const i of [0, 1, 2]) await rows.nth(i).locator("summary").click();
    },
    whole: true,
  },
  {
    name: "follow-line",
    pictureOnly: true,
    backend: followed,
    show: ({ page }) => page.getByTestId("follow-line").waitFor(),
  },
  {
    name: "follow-line-trouble",
    backend: () =>
      followed({
        title: "Rindfleischetikettierungsüberwachungsaufgabenübertragung, alle Folgen",
        reason_code: "playlist_unavailable",
      }),
    show: ({ page }) => page.getByTestId("follow-line").waitFor(),
  },
  {
    name: "follow-dialog",
    pictureOnly: true,
    backend: () => ({ videos: library(30) }),
    show: (scene) => fromListMenu(scene, "lists.follow"),
  },
  {
    name: "follow-dialog-wrong",
    backend: () => followed({ interval_hours: 12 }),
    show: async (scene) => {
      await fromListMenu(scene, "lists.followChange");
      await scene.page.getByRole("textbox").fill("https://example.org/films");
      await scene.page.getByRole("button", { name: scene.words("common.save") }).click();
      await scene.page.getByRole("alert").waitFor();
    },
  },
  {
    name: "list-export",
    backend: () => ({ videos: library(30) }),
    show: (scene) => fromListMenu(scene, "lists.export"),
  },
  {
    name: "settings-tokens",
    path: "/settings#tools",
    backend: someTokens,
    show: async (scene) => {
      await scene.page.getByTestId("tokens").waitFor();
      await scene.page.locator("summary").click();
    },
    whole: true,
  },
  { name: "token-new", path: "/settings", backend: someTokens, show: newToken },
  {
    name: "token-secret",
    path: "/settings",
    backend: someTokens,
    show: async (scene) => {
      await newToken(scene);
      await scene.page.getByRole("button", { name: scene.words("tools.make") }).click();
      await scene.page.getByLabel(scene.words("tools.secret"), { exact: true }).waitFor();
    },
  },
  {
    name: "token-revoke",
    pictureOnly: true,
    path: "/settings",
    backend: someTokens,
    show: async (scene) => {
      await scene.page
        .getByRole("button", { name: scene.words("tools.revokeName") })
        .first()
        .click();
      await dialog(scene);
    },
  },
];
