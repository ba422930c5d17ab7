import { expect, type Page, test } from "@playwright/test";
import { type FakeState, fakeBackend } from "./support/fakeBackend";
import { manyLines, takeout } from "./support/fakePreviews";
import { fitsTheWindow, home, library, tiles } from "./support/library";
import { confirmButton, confirmPreview, preview, previewReady } from "./support/preview";

/** What is large is shown before it is stored: its states, on a made-up backend. */
const PLAYLIST = "https://www.youtube.com/playlist?list=PLrAXtmErZgOeiKm4sgNOknGvNjby9efdf";
const links = (count: number) =>
  Array.from({ length: count }, (_, i) => `https://youtu.be/link${String(i).padStart(7, "0")}`).join("\n");

async function open(page: Page, changes: Partial<FakeState> = {}) {
  const backend = await fakeBackend(page, { videos: library(3), preview: takeout([]), ...changes });
  await page.goto(home);
  await expect(tiles(page)).toHaveCount(3);
  return backend;
}
const dropFile = (page: Page, name = "takeout.zip") =>
  page
    .locator("body")
    .drop({ files: [{ name, mimeType: "application/zip", buffer: Buffer.from("anything") }] });
const rows = (page: Page) => page.getByTestId("preview-items").locator("tbody tr");
const count = (page: Page, name: RegExp) => preview(page).getByRole("button", { name });

test("counts are filters, a search finds lines, and what is left out is counted", async ({ page }) => {
  const backend = await open(page);
  await dropFile(page);
  await previewReady(page);
  const texts = await preview(page).getByRole("group").first().getByRole("button").allInnerTexts();
  const sum = texts.reduce((total, text) => total + Number.parseInt(text, 10), 0);
  await expect(page.getByTestId("preview-items")).toHaveAttribute("aria-rowcount", String(sum + 1));

  await count(page, /Given twice/).click();
  await expect(rows(page)).toHaveCount(5);
  await expect(rows(page).first()).toContainText("The same video is further up.");
  // Numbers of lines begin anew in each playlist: they are said with its name.
  await expect(rows(page).first()).toContainText("Astronomy, line");
  await count(page, /Given twice/).click();
  await preview(page).getByRole("searchbox").fill("deleted VIDEO");
  await expect(rows(page)).toHaveCount(3);
  await expect(rows(page).first()).toContainText("There is no video link in it.");
  await page.keyboard.press("Escape");
  await expect(preview(page).getByRole("searchbox")).toHaveValue("");
  await expect(preview(page)).toBeVisible();

  // The line that has its video once more takes that one along.
  await preview(page).getByRole("searchbox").fill("prev0000008");
  await expect(preview(page).getByRole("checkbox", { name: /^Import line/ })).toHaveCount(1);
  await preview(page)
    .getByRole("checkbox", { name: /^Import line/ })
    .uncheck();
  await expect(count(page, /Left out/)).toContainText("2");
  await expect(confirmButton(page)).toHaveText("Import 78 videos and 2 playlists");

  // After the last button comes the first one, without a step into nowhere.
  await confirmButton(page).focus();
  await page.keyboard.press("Tab");
  await expect(preview(page).getByRole("button", { name: "Close" })).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await expect(confirmButton(page)).toBeFocused();
  await confirmPreview(page);
  expect(backend.imported).toMatchObject([
    { fileNames: ["takeout.zip"], options: { list_id: "l1", skip: [8, 9] } },
  ]);
});

test("ten thousand lines are a few rows, by wheel and by keys", async ({ page }) => {
  await open(page, { preview: manyLines(10_000) });
  await dropFile(page, "links.txt");
  await previewReady(page);
  await expect(confirmButton(page)).toHaveText("Import 9,800 videos");
  await expect(confirmButton(page)).toBeFocused();
  const nodes = () => page.evaluate(() => document.querySelectorAll("*").length);
  await rows(page).first().hover();
  const seen: number[] = [];
  for (let i = 0; i < 20; i += 1) {
    await page.mouse.wheel(0, 1500 * (i + 1));
    seen.push(await nodes());
  }
  await expect(rows(page).first()).toBeAttached();
  expect(Math.max(...seen)).toBeLessThan(1000);

  const boxes = preview(page).getByRole("checkbox", { name: /^Import line/ });
  await boxes.first().focus();
  await page.keyboard.press("End");
  const last = preview(page).getByRole("checkbox", { name: /^Import line 9,999:/ });
  await expect(last).toBeFocused();
  await expect(last).toBeInViewport();
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Home");
  await expect(preview(page).getByRole("checkbox", { name: /^Import line 1:/ })).toBeFocused();
  await expect(confirmButton(page)).toHaveText("Import 9,799 videos");
  expect(await nodes()).toBeLessThan(1000);
});

test("on a phone it is the whole screen, and one can read and press everything", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const backend = await open(page, { preview: takeout([], [41, 38, 14, 3, 0, 0, 0, 0, 0]) });
  await dropFile(page);
  await previewReady(page);
  await expect(preview(page).getByRole("switch")).toBeInViewport({ ratio: 1 });
  expect(await preview(page).boundingBox()).toEqual({ x: 0, y: 0, width: 360, height: 740 });
  expect(await fitsTheWindow(page)).toBe(true);
  await preview(page).getByRole("switch").check();
  await expect(confirmButton(page)).toHaveText("Import 79 videos and 2 playlists into 4 lists");
  await expect(confirmButton(page)).toBeInViewport({ ratio: 1 });
  await rows(page).nth(2).getByRole("checkbox").uncheck();
  await confirmPreview(page);
  expect(backend.imported[0]?.options).toEqual({ list_id: "l1", split_into_lists: true, skip: [2] });
});

test("what can't be read, reached or taken at once is said plainly, and nothing is lost", async ({
  page,
}) => {
  const backend = await open(page, { previewFails: { code: "offline" } });
  await dropFile(page);
  await expect(preview(page).getByRole("alert")).toContainText("Videothek can't be reached.");
  backend.state.previewFails = { code: "file_unreadable" };
  await preview(page).getByRole("button", { name: "Try again" }).click();
  await expect(preview(page).getByRole("alert")).toContainText("Videothek reads links in any text");
  await page.keyboard.press("Escape");
  await expect(preview(page)).toHaveCount(0);

  backend.state.previewFails = { code: "too_many_items", groups: takeout([], [9000, 4000]).groups };
  await page.getByRole("button", { name: "Back to the preview" }).click();
  await preview(page)
    .getByRole("checkbox", { name: /Astronomy/ })
    .check();
  await preview(page).getByRole("button", { name: "Look again" }).click();
  await previewReady(page);
  expect(backend.previews.at(-1)?.options.groups).toEqual([0]);

  backend.state.addFails = true;
  await confirmPreview(page);
  await expect(page.getByText("“takeout.zip” was not imported.")).toBeVisible();
  await expect(tiles(page)).toHaveCount(3);
  backend.state.addFails = false;
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("“takeout.zip” was not imported.")).toHaveCount(0);
  expect(backend.imported.map(({ options }) => options.groups)).toEqual([[0], [0]]);
});

test("a playlist that is shared and links that are pasted are asked about, also after a reload", async ({
  page,
}) => {
  const backend = await fakeBackend(page, { videos: library(3) });
  await page.goto(`${home}/share?text=${encodeURIComponent(PLAYLIST)}`);
  await expect(preview(page)).toContainText("A playlist: its videos are looked up.");
  await expect(confirmButton(page)).toHaveText("Import 1 playlist");
  await confirmPreview(page);
  await expect(page.getByText("1 playlist or channel is being looked up.")).toBeVisible();

  await page.keyboard.press("n");
  await page.getByRole("textbox").fill(links(6));
  await page.getByRole("button", { name: "Preview 6 videos" }).click();
  await previewReady(page);
  await preview(page).getByRole("combobox").selectOption("New list …");
  await page.keyboard.type("Old ones");
  await page.reload();
  await expect(page.getByText("6 links were not added. It was not confirmed yet.")).toBeVisible();
  await page.getByRole("button", { name: "Look at it again" }).click();
  await confirmPreview(page);
  expect(backend.imported.map(({ text }) => text)).toEqual([PLAYLIST, links(6)]);
});
