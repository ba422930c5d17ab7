import { job } from "../fakeBackend";
import { library } from "../library";
import { firstTile, type Scene, type State, tilesOfAllKinds } from "./scene";

const withPaused = () => ({
  ...tilesOfAllKinds(),
  imports: [job(8, 2, { id: "paused", state: "paused", eta_seconds: null })],
});
const tile = (page: Scene["page"], index: number) => page.locator("[data-youtube-id]").nth(index);

/** The grid, and tiles in every state. */
export const gridStates: State[] = [
  { name: "tiles", backend: withPaused, show: firstTile, whole: true },
  {
    name: "tiles-compact",
    backend: withPaused,
    preferences: { density: "compact" },
    show: firstTile,
    whole: true,
  },
  { name: "tiles-list", backend: withPaused, preferences: { density: "list" }, show: firstTile, whole: true },
  {
    name: "tile-focused",
    backend: tilesOfAllKinds,
    show: async (scene) => {
      await firstTile(scene);
      await scene.page.locator("[data-tile-focus]").nth(1).focus();
      await scene.page.keyboard.press("ArrowRight");
    },
  },
  {
    name: "tile-menu",
    menu: true,
    backend: tilesOfAllKinds,
    show: async ({ page, words }) => {
      await page
        .getByRole("button", { name: words("tile.actions") })
        .nth(1)
        .click({ force: true });
      await page.getByRole("menu").waitFor();
    },
  },
  {
    name: "scrolled",
    backend: () => ({ videos: library(400) }),
    show: async (scene) => {
      await firstTile(scene);
      await scene.page.evaluate(() => window.scrollTo(0, 900));
    },
  },
  { name: "selection", backend: tilesOfAllKinds, show: select },
  {
    name: "selection-remove",
    backend: tilesOfAllKinds,
    show: async (scene) => {
      await select(scene);
      await scene.page.keyboard.press("Delete");
      await scene.page.getByRole("dialog").waitFor();
    },
  },
  { name: "filter-menu", menu: true, backend: tilesOfAllKinds, show: (scene) => arrange(scene, "filter") },
  { name: "view-menu", menu: true, backend: tilesOfAllKinds, show: (scene) => arrange(scene, "view") },
  {
    name: "filtered-waiting",
    path: "/lists/l1?show=waiting&sort=title",
    backend: tilesOfAllKinds,
    show: firstTile,
  },
  {
    name: "filtered-nothing",
    path: "/lists/l1?show=unavailable",
    backend: () => ({ videos: library(30) }),
    show: ({ page }) => page.waitForTimeout(500),
  },
  { name: "tagged", path: "/lists/l1?tag=Kochen", backend: tagged, show: firstTile },
  {
    name: "tag-dialog",
    backend: tagged,
    show: async (scene) => {
      await select(scene);
      await scene.page.getByRole("button", { name: scene.words("selection.tags"), exact: true }).click();
      await scene.page.getByRole("dialog").getByRole("checkbox").first().waitFor();
    },
  },
  {
    name: "selection-more",
    menu: true,
    backend: tagged,
    show: async (scene) => {
      await select(scene);
      await scene.page.getByRole("button", { name: scene.words("selection.more"), exact: true }).click();
      await scene.page.getByRole("menu").waitFor();
    },
  },
  {
    name: "merge-lists",
    backend: tagged,
    show: async (scene) => {
      const { page, words } = scene;
      await firstTile(scene);
      await page
        .getByRole("button", { name: words("lists.actions") })
        .filter({ visible: true })
        .click();
      await page.getByRole("menuitem", { name: words("lists.merge") }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
];

const TAGS = ["Kochen", "later", "Donaudampfschifffahrtsgesellschaft", "مطبخ", "<b>fett</b>", "ruhig", "4K"];

/** Some videos with tags, some begun. */
function tagged() {
  return {
    videos: library(40, (i) => ({
      tags: TAGS.filter((_, place) => i % (place + 2) === 0),
      position_seconds: i % 3 === 0 ? 40 * (i + 1) : null,
    })),
  };
}

async function select(scene: Scene) {
  const { page, words } = scene;
  await firstTile(scene);
  await page.getByRole("button", { name: words("lists.actions") }).click();
  await page.getByRole("menuitem", { name: words("tile.choose") }).click();
  const boxes = page.getByRole("checkbox");
  for (const index of [1, 2, 3]) await boxes.nth(index).click();
  await tile(page, 5).locator("[data-tile-focus]").or(tile(page, 5)).first().focus();
  await page.keyboard.press("ArrowLeft");
}

/** On a phone everything that can be done with a list is in one menu. */
async function arrange(scene: Scene, what: "filter" | "view") {
  const { page, words, narrow } = scene;
  await firstTile(scene);
  await page
    .getByRole("button", { name: words(narrow ? "lists.actions" : `library.${what}`) })
    .filter({ visible: true })
    .click();
  await page.getByRole("menu").waitFor();
}
