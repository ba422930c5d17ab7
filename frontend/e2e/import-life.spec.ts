import { expect, type Page, test } from "@playwright/test";
import type { ImportJob, PlaylistTally } from "../src/types/video";
import { fakeBackend, grey, inMinutes, job, video } from "./support/fakeBackend";
import { item, NO_PLAYLISTS, playlistLines } from "./support/fakeImports";
import { fitsTheWindow, home, library, tile, tiles } from "./support/library";
import { readingImport } from "./support/states/life";

/** Taking an import back, and playlists that are read, on a made-up backend. */
const finished = (changes: Partial<ImportJob> = {}) =>
  job(24, 0, { state: "finished", finished_at: inMinutes(-5), undo_until: inMinutes(1435), ...changes });
const undone = () =>
  finished({ state: "undone", undo_until: null, summary: { ...job(1, 0).summary, total: 0, imported: 0 } });

/** Twenty-four tiles of the import, and six that were there before. */
const videos = library(30, (i) => (i < 24 ? {} : { import_id: "older" }));
const items = videos.slice(0, 24).map((from, i) => item(i + 1, { from }));
const chip = (page: Page, name: RegExp) => page.getByRole("group").getByRole("button", { name });

test("an import is undone from its page: asked first, said what goes, and gone from the grid at once", async ({
  page,
}) => {
  const backend = await fakeBackend(page, { videos, items, imports: [finished()] });
  await page.goto(home);
  await expect(tiles(page).first()).toBeVisible();
  await page.getByRole("link", { name: "Imports" }).click();
  await page.getByTestId("import-row").locator("summary").click();
  await page.getByRole("link", { name: "All lines" }).click();
  await expect(page.getByTestId("import-state")).toContainText("Can be undone until tomorrow");
  const undo = page.getByRole("button", { name: "Undo import" });
  await undo.click();
  const dialog = page.getByRole("dialog", { name: "Undo the import of 24 videos?" });
  await expect(dialog).toContainText("24 videos are removed, finished or not, also those in other lists.");
  await expect(dialog).toContainText("What was there before stays.");
  await expect(dialog.getByRole("button", { name: "Keep everything" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(undo).toBeFocused();
  expect(backend.actions).toEqual([]);

  await undo.click();
  await dialog.getByRole("button", { name: "Remove 24 videos" }).click();
  await expect(page.getByText("Import undone. 24 videos were removed.")).toBeVisible();
  expect(backend.actions).toEqual([{ call: "POST /imports/i1/undo", body: null }]);
  await expect(page.getByTestId("import-state")).toContainText("Undone");
  await expect(page.getByText("Undone. 24 videos were removed.", { exact: true })).toBeVisible();
  await expect(undo).toHaveCount(0);
  await expect(page.locator("main")).toBeFocused();
  await expect(chip(page, /^No longer here\s*24$/)).toBeVisible();
  await expect(page.getByTestId("import-items").getByText("The import was undone.").first()).toBeVisible();

  await page.getByRole("link", { name: "All imports" }).click();
  await expect(page.getByTestId("import-row")).toContainText("Undone. 24 videos were removed.");
  await page.getByRole("link", { name: /Watch later/ }).click();
  await expect(tiles(page)).toHaveCount(6);
});

test("a refusal is said, and nothing has seemed to go", async ({ page }) => {
  const backend = await fakeBackend(page, { videos, items, imports: [finished()] });
  await page.goto(`${home}/imports/i1`);
  await page.getByRole("button", { name: "Undo import" }).click();
  backend.state.imports = [finished({ undo_until: null })];
  await page.getByRole("button", { name: "Remove 24 videos" }).click();
  await expect(page.getByText(/^That did not work\. /)).toBeVisible();
  await expect(page.getByTestId("import-state")).toContainText("Finished");
  await expect(page.getByRole("button", { name: "Undo import" })).toHaveCount(0);
  await expect(chip(page, /^Imported\s*24$/)).toBeVisible();
});

test("a day after its end there is nothing to undo with", async ({ page }) => {
  await fakeBackend(page, { videos, items, imports: [finished({ undo_until: inMinutes(-1) })] });
  await page.goto(`${home}/imports/i1`);
  await expect(page.getByTestId("import-items")).toBeVisible();
  await expect(page.getByRole("button", { name: "Undo import" })).toHaveCount(0);
  await expect(page.getByText(/Can be undone/)).toHaveCount(0);
});

test("what another tab undoes goes here, too: tiles, card, and a word for ears", async ({ page }) => {
  const running = job(24, 6, { undo_until: inMinutes(1440) });
  const backend = await fakeBackend(page, { videos, imports: [running] });
  await page.goto(home);
  await expect(page.getByTestId("job-progress-card")).toBeVisible();
  backend.state.videos = videos.slice(24);
  backend.state.imports = [undone()];
  backend.send({ imports: [undone()], lists: ["l1"] });
  await expect(tiles(page)).toHaveCount(6);
  await expect(page.getByTestId("job-progress-card")).toHaveCount(0);
  await expect(page.locator("p[aria-live]")).toHaveText("Import undone");
});

test("the notice at its end leads to undoing it", async ({ page }) => {
  const backend = await fakeBackend(page, { videos, imports: [job(24, 2)] });
  await page.goto(home);
  await expect(page.getByTestId("job-progress-card")).toBeVisible();
  backend.state.imports = [finished()];
  backend.send({ imports: [finished()] });
  await page.getByTestId("import-summary").getByRole("button", { name: "Undo" }).click();
  await page.getByRole("button", { name: "Remove 24 videos" }).click();
  await expect(tiles(page)).toHaveCount(6);
});

test("what was just added can be taken back from the notice that says so", async ({ page }) => {
  const running = job(24, 24, { undo_until: inMinutes(1440) });
  await fakeBackend(page, { videos, imports: [running] });
  await page.route("**/videos/batch", (route) =>
    route.fulfill({ status: 201, json: { import_id: "i1", counts: running.counts, videos: [] } }),
  );
  await page.goto(home);
  await expect(tiles(page).first()).toBeVisible();
  const dropped = "https://youtu.be/aaaaaaaaaa1\nhttps://youtu.be/aaaaaaaaaa2";
  await page.locator("body").drop({ data: { "text/plain": dropped } });
  await page.getByText("24 videos added.").waitFor();
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove 24 videos" }).click();
  await expect(tiles(page)).toHaveCount(6);
});

const reading = (found: number, expected: number, playlists: Partial<PlaylistTally> = {}) => {
  const base = job(Math.max(found, 1), found === 0 ? 0 : 2, { label: "Sommer an der Küste" });
  return {
    ...base,
    progress_percent: expected === 0 ? 0 : (100 * Math.max(0, found - 2)) / expected,
    counts: { ...base.counts, new: found, playlist: 1 },
    summary: {
      ...base.summary,
      total: found,
      imported: Math.max(0, found - 2),
      playlists: { ...NO_PLAYLISTS, waiting: 1, found, expected, ...playlists },
    },
  };
};

test("a playlist that is read says how far it is, never that all is done, and its tiles come by themselves", async ({
  page,
}) => {
  const backend = await fakeBackend(page, { videos: library(6), imports: [reading(0, 0)] });
  await page.goto(home);
  const card = page.getByTestId("job-progress-card");
  await expect(card).toContainText("Sommer an der Küste");
  await expect(card.getByTestId("reading")).toHaveText("Reading a playlist");
  await expect(card.getByRole("progressbar")).toHaveAttribute("aria-valuenow", "0");

  const fresh = [101, 102, 103].map((i) => video(i, { ...grey, created_at: inMinutes(0) }));
  backend.state.videos = [...fresh, ...library(6)];
  backend.send({ videos: fresh, imports: [reading(300, 1240)] });
  await expect(card.getByTestId("reading")).toHaveText("Reading a playlist: 300 of about 1,240 videos found");
  await expect(card).toContainText("298 / ~1,240");
  await expect(card.getByRole("progressbar")).toHaveAttribute("aria-valuenow", "24");
  await expect(tile(page, 101)).toBeVisible();
  await expect(tiles(page)).toHaveCount(9);

  // All that is known is done, and one more page may come: not the end.
  const nearly = reading(1240, 1240);
  backend.send({
    imports: [
      { ...nearly, progress_percent: 100, summary: { ...nearly.summary, waiting: 0, imported: 1240 } },
    ],
  });
  await expect(card.getByRole("progressbar")).toHaveAttribute("aria-valuenow", "99");
  await expect(page.getByTestId("import-summary")).toHaveCount(0);

  backend.send({
    imports: [
      {
        ...nearly,
        state: "finished",
        progress_percent: 100,
        summary: {
          ...nearly.summary,
          waiting: 0,
          imported: 1240,
          playlists: { ...NO_PLAYLISTS, read: 1, found: 1240, expected: 1240 },
        },
      },
    ],
  });
  await expect(page.getByTestId("import-summary")).toContainText("Import of “Sommer an der Küste” finished");
  await expect(page.getByTestId("import-summary")).toContainText("1,240 videos imported.");
});

test("an import's page shows which line brought which video, and what could not be read", async ({
  page,
}) => {
  const backend = await fakeBackend(page, readingImport());
  await page.goto(`${home}/imports/i1`);
  const table = page.getByTestId("import-items");
  const row = (nth: number) => table.locator("tbody tr").nth(nth);
  await expect(page.getByTestId("import-state")).toContainText(/Running.*into 3 lists/);
  await expect(page.getByTestId("reading")).toHaveText("Reading a playlist: 14 of about 42 videos found");
  await expect(page.getByText("8 of about 42")).toBeVisible();
  await expect(
    page.getByText(
      "5 lines were given and 14 videos were read from playlists. All 19 are listed here with their outcome.",
    ),
  ).toBeVisible();
  const numbers = await chip(page, /\d+$/).allInnerTexts();
  const [all, ...groups] = numbers.map((words) => Number(/\d+$/.exec(words)?.[0]));
  expect(all).toBe(19);
  expect(groups.reduce((sum, one) => sum + one, 0)).toBe(19);
  await expect(row(1)).toContainText(/Playlist.*Being read/);
  await expect(row(2)).toContainText("This playlist or channel is private or no longer there.");
  await expect(row(3)).toContainText(/Channel.*Channel, read/);
  await expect(row(5)).toContainText(/1.*From the playlist in line 2/);
  await expect(table.locator("[data-from-playlist]")).not.toHaveCount(0);

  await page.getByRole("button", { name: "Read 1 playlist again" }).click();
  await expect
    .poll(() => backend.actions)
    .toEqual([{ call: "POST /imports/i1/retry-failed", body: { outcome: "unavailable" } }]);

  // Alone, a video still says where it came from.
  await chip(page, /^Given twice/).click();
  await expect(row(0)).toContainText("From the channel in line 4");

  // More of it is found: its lines come without a reload.
  await chip(page, /^All/).click();
  const more = library(14).slice(12);
  backend.state.items = [...(readingImport().items ?? []), ...playlistLines(2, more).slice(1)];
  const [known] = readingImport().imports ?? [];
  if (!known) throw new Error("an import");
  const { summary, counts } = known;
  backend.send({
    imports: [
      {
        ...known,
        counts: { ...counts, new: 16 },
        summary: { ...summary, total: 16, waiting: 8, playlists: { ...summary.playlists, found: 16 } },
      },
    ],
  });
  await expect(chip(page, /^All\s*21$/)).toBeVisible();
  await expect(table).toHaveAttribute("aria-rowcount", "22");
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await fitsTheWindow(page)).toBe(true);
});
