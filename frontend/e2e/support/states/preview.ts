import { manyLines, ownExport, takeout, takeoutOfAll } from "../fakePreviews";
import { library } from "../library";
import { firstTile, type Scene, type State } from "./scene";

const LISTS = [
  { id: "l1", name: "Watch later", video_count: 30 },
  { id: "l2", name: "Talks", video_count: 214 },
  { id: "l3", name: "Kochen und Backen", video_count: 1208 },
];
const NAME = "takeout-20260301T101500Z-001.zip";

const archive = () => ({ videos: library(30), lists: LISTS, preview: takeout(LISTS) });

export async function dropFile({ page }: Pick<Scene, "page">, name = NAME) {
  const buffer = Buffer.from("whatever is in it");
  await page.locator("body").drop({ files: [{ name, mimeType: "application/zip", buffer }] });
}

async function open(scene: Scene) {
  await firstTile(scene);
  await dropFile(scene);
  await scene.page.locator('[data-testid="preview"][data-state="ready"]').waitFor();
  await scene.page.locator("[data-testid=preview-items] tbody tr").first().waitFor();
}

const failing = (code: string, extras: { groups?: unknown; limit?: number } = {}): State["backend"] => {
  return () => ({ ...archive(), previewFails: { code, ...extras } });
};
async function fail(scene: Scene) {
  await firstTile(scene);
  await dropFile(scene);
  await scene.page.locator('[data-testid="preview"][data-state="failed"]').waitFor();
}

/** What is seen of an import before it is one. */
export const previewStates: State[] = [
  { name: "preview", pictureOnly: true, backend: archive, show: open },
  {
    name: "preview-lists",
    backend: archive,
    show: async (scene) => {
      await open(scene);
      const { page, words } = scene;
      await page.getByRole("checkbox", { name: /Watch later/ }).uncheck();
      await page.getByRole("switch").check();
      await page
        .getByRole("checkbox", { name: words("preview.take") })
        .first()
        .uncheck();
      await page.locator('[data-testid="preview"][data-state="ready"]').waitFor();
    },
  },
  {
    name: "preview-parts",
    pictureOnly: true,
    backend: () => ({ ...archive(), preview: takeoutOfAll(LISTS) }),
    show: async (scene) => {
      await open(scene);
      await scene.page.getByRole("switch").check();
      await scene.page.locator('[data-testid="preview"][data-state="ready"]').waitFor();
    },
  },
  {
    name: "preview-own",
    pictureOnly: true,
    backend: () => ({ ...archive(), preview: ownExport(LISTS) }),
    show: open,
  },
  {
    name: "preview-empty",
    pictureOnly: true,
    backend: () => ({ ...archive(), preview: manyLines(0) }),
    show: async (scene) => {
      await firstTile(scene);
      await dropFile(scene, "empty.txt");
      await scene.page.locator('[data-testid="preview"][data-state="ready"]').waitFor();
    },
  },
  {
    name: "preview-new-list",
    backend: () => ({ ...archive(), preview: manyLines(10_000) }),
    show: async (scene) => {
      await open(scene);
      const { page } = scene;
      await page.getByRole("combobox").selectOption({ value: "" });
      await page.getByRole("searchbox").fill("note");
      await page.locator("tr[data-fate=rejected]").nth(3).waitFor();
    },
  },
  {
    name: "preview-nothing",
    pictureOnly: true,
    backend: () => {
      const items = manyLines(40).items.filter(({ verdict }) => verdict === "new");
      const there = items.map((item) => ({ ...item, verdict: "duplicate" as const }));
      return { ...archive(), preview: { ...manyLines(0), items: there } };
    },
    show: open,
  },
  {
    name: "preview-no-videos",
    pictureOnly: true,
    backend: () => {
      const items = manyLines(100).items.map((item, i) => ({
        ...item,
        text: `https://www.youtube.com/channel/UC${String(i).padStart(22, "0")}`,
        verdict: "rejected" as const,
        reason_code: "subscription" as const,
      }));
      return { ...archive(), preview: { ...manyLines(0), format: "newpipe", items } };
    },
    show: open,
  },
  {
    name: "preview-reading",
    pictureOnly: true,
    backend: () => ({ ...archive(), previewWaits: new Promise<void>(() => {}) }),
    show: async (scene) => {
      await firstTile(scene);
      await dropFile(scene);
      await scene.page.getByText(scene.words("preview.nothingYet")).waitFor();
      await scene.page.waitForTimeout(600);
    },
  },
  { name: "preview-unreadable", pictureOnly: true, backend: failing("file_unreadable"), show: fail },
  { name: "preview-offline", pictureOnly: true, backend: failing("offline"), show: fail },
  {
    name: "preview-too-many",
    backend: failing("too_many_items", {
      groups: takeout(LISTS, [9000, 4200, 310]).groups,
      limit: 10_000,
    }),
    show: async (scene) => {
      await fail(scene);
      await scene.page.getByRole("checkbox", { name: /Astronomy/ }).check();
    },
  },
  {
    name: "preview-kept",
    pictureOnly: true,
    backend: () => ({ ...archive(), addFails: true }),
    show: async (scene) => {
      await open(scene);
      await scene.page.keyboard.press("Control+Enter");
      await scene.page.getByRole("button", { name: scene.words("kept.discard") }).waitFor();
    },
  },
];
