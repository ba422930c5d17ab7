import type { Page } from "@playwright/test";
import type { BatchResult, ImportItemPage, ImportJob } from "../src/types/video";
import { asker, expect, test } from "./support/realApp";

/** Playlists and channels in the real app: one that a list follows, and some that an import reads. */
const tiles = (page: Page) => page.locator("[data-youtube-id]");
const line = (page: Page) => page.getByTestId("follow-line");

test("what a list follows comes by itself, what is new there as well, and a failure is said", async ({
  app,
  page,
}) => {
  const { uploads } = await app.standin<{ uploads: string }>("channels/@leuchtturm");
  await app.standin(`playlists/${uploads}`, "PUT", { count: 3 });
  const ask = await asker(app);
  const list = await ask<{ id: string }>("/lists", { name: "What it follows" });
  await app.signIn(page);
  await page.goto(`${app.url}/lists/${list.id}`);
  await page.getByRole("button", { name: "List actions" }).click();
  await page.getByRole("menuitem", { name: /^Follow a playlist/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox").fill("https://www.youtube.com/playlist?list=WL");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("alert")).toContainText("Google Takeout");
  await dialog.getByRole("textbox").fill("https://www.youtube.com/@leuchtturm/videos");
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(tiles(page)).toHaveCount(3, { timeout: 30_000 });
  await expect(line(page)).toContainText(/Follows .*leuchtturm.*checked just now · next /);

  await app.standin(`playlists/${uploads}/videos`, "POST", { count: 2, at_start: true });
  await line(page).getByRole("button", { name: "Check now" }).click();
  await expect(tiles(page)).toHaveCount(5, { timeout: 30_000 });

  await app.standin(`playlists/${uploads}`, "PUT", { state: "private" });
  await expect(line(page)).toContainText("checked just now");
  await line(page).getByRole("button", { name: "Check now" }).click();
  await expect(line(page)).toContainText("The last look failed.", { timeout: 30_000 });

  await line(page).getByRole("button", { name: "Actions for what is followed" }).click();
  await page.getByRole("menuitem", { name: "Stop following" }).click();
  await expect(line(page)).toHaveCount(0);
  await page.reload();
  await expect(tiles(page)).toHaveCount(5);
  await expect(line(page)).toHaveCount(0);
});

test("an import reads its playlists, says how far it is, and every video has its line", async ({
  app,
  page,
}) => {
  const ask = await asker(app);
  const playlist = "PLN00250abcdefghijklmnopqrstuvwxyz";
  await app.standin("latency", "PUT", { seconds: 1, kinds: ["browse"] });
  await app.signIn(page);
  const list = await ask<{ id: string }>("/lists", { name: "From a playlist" });
  await page.goto(`${app.url}/lists/${list.id}`);
  const links = [playlist, "PLPRIV_abcdefghijklmnopqrstuvwxyz"].map(
    (id) => `https://www.youtube.com/playlist?list=${id}`,
  );
  const { import_id } = await ask<BatchResult>(`/lists/${list.id}/videos/batch`, {
    text: ["https://youtu.be/CAUT_one001", ...links].join("\n"),
  });
  const card = page.getByTestId("job-progress-card");
  await expect(card.getByTestId("reading")).toContainText(/of about 250 videos found/, { timeout: 30_000 });
  // They come page by page, without a reload.
  await expect.poll(async () => (await tiles(page).count()) > 10).toBe(true);
  await app.standin("latency", "PUT", { seconds: 0, kinds: ["browse"] });

  const read = () => ask<ImportJob>(`/imports/${import_id}`);
  await expect.poll(async () => (await read()).summary.playlists.waiting, { timeout: 60_000 }).toBe(0);
  await page.goto(`${app.url}/imports/${import_id}`);
  await expect(page.getByTestId("reading")).toHaveCount(0);
  const chips = page.getByRole("group", { name: /Show only lines/ }).getByRole("button");
  await expect(chips.first()).toHaveText(/^All\s*253$/);
  const numbers = (await chips.allInnerTexts()).map((words) => Number(/\d+$/.exec(words)?.[0]));
  expect(numbers.slice(1).reduce((sum, one) => sum + one, 0)).toBe(253);
  await expect(
    page.getByText(/^3 lines were given and 250 videos were read from playlists\. All 253 /),
  ).toBeVisible();
  const { outcomes } = await ask<ImportItemPage>(`/imports/${import_id}/items?limit=1`);
  expect(outcomes).toMatchObject({ playlist: 1 });
  const row = (nth: number) => page.getByTestId("import-items").locator("tbody tr").nth(nth);
  await expect(row(1)).toContainText("Playlist, read");
  await expect(row(2)).toContainText("private or no longer there");
  await expect(row(3)).toContainText("From the playlist in line 2");

  // What is undone takes what its playlists brought along.
  await page.getByRole("button", { name: "Undo import" }).click();
  await page.getByRole("button", { name: "Remove 251 videos" }).click();
  await expect(page.getByTestId("import-state")).toContainText("Undone");
  await expect(chips.filter({ hasText: /^No longer here/ })).toHaveText(/251$/);
});
