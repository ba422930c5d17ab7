import type { Page } from "@playwright/test";
import type { BatchResult, ImportItemPage, ImportJob, VideoList, VideoPage } from "../src/types/video";
import { asker, expect, type RealApp, test } from "./support/realApp";

/** A thousand videos steered through the page of the real app, with the server killed in between. */
const VIDEOS = 1000;
const LINES = VIDEOS + 2;
const links = Array.from(
  { length: VIDEOS },
  (_, i) => `https://youtu.be/CAUT_k${String(i).padStart(5, "0")}`,
);

const card = (page: Page) => page.getByTestId("job-progress-card");
const chips = (page: Page) => page.getByRole("group", { name: /Show only lines/ }).getByRole("button");

async function killAndReload(app: RealApp, page: Page) {
  await app.kill();
  await app.startAgain();
  await page.reload();
}

test("pause, kill, resume, cancel, kill, resume, undo: the numbers add up each time", async ({
  app,
  page,
}) => {
  const ask = await asker(app);
  await app.standin("latency", "PUT", { seconds: 1, kinds: ["player"] });
  const { id: listId } = await ask<VideoList>("/lists", { name: "A thousand" });
  await app.signIn(page);
  await page.goto(`${app.url}/lists/${listId}`);
  const text = [...links, links[0], "no link"].join("\n");
  const { import_id } = await ask<BatchResult>(`/lists/${listId}/videos/batch`, { text });
  const read = () => ask<ImportJob>(`/imports/${import_id}`);

  /** Every line has one outcome, every video is one of its groups, and the list shows as many. */
  const expectToAddUp = async (videos: number) => {
    const { summary, counts } = await read();
    const { outcomes } = await ask<ImportItemPage>(`/imports/${import_id}/items?limit=1`);
    const { total } = await ask<VideoPage>(`/lists/${listId}/videos?limit=1`);
    const gone = Object.values(summary.unavailable).reduce((sum, count) => sum + count, 0);
    expect(counts).toMatchObject({ new: VIDEOS, repeated: 1, rejected: 1 });
    expect(summary.total).toBe(videos);
    expect(summary.imported + summary.waiting + gone).toBe(videos);
    expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(LINES);
    expect(total).toBe(videos);
    return { ...summary, outcomes };
  };
  /** What is on the page adds up as well, and it is the server's. */
  const expectPageToAddUp = async () => {
    await expect(chips(page).first()).toHaveText(/1,002/);
    const numbers = (await chips(page).allInnerTexts()).map((words) =>
      Number(/[\d,]+$/.exec(words)?.[0].replace(",", "")),
    );
    const [all, ...groups] = numbers;
    expect([all, groups.reduce((sum, one) => sum + one, 0)]).toEqual([LINES, LINES]);
  };

  await expect(card(page)).toHaveAttribute("data-state", "running");
  await page.getByRole("button", { name: /^Pause: / }).click();
  await expect.poll(async () => (await read()).state).toBe("paused");
  await killAndReload(app, page);
  await expect(card(page)).toHaveAttribute("data-state", "paused");
  const held = await expectToAddUp(VIDEOS);
  await expect(card(page)).toContainText("/ 1,000");

  await page.getByRole("button", { name: /^Resume: / }).click();
  await expect(card(page)).toHaveAttribute("data-state", "running");
  const done = async () => VIDEOS - (await read()).summary.waiting;
  await expect.poll(done, { timeout: 30_000 }).toBeGreaterThan(VIDEOS - held.waiting);

  await card(page).getByRole("button").first().click();
  await card(page).getByRole("button", { name: "Cancel", exact: true }).click();
  await page.getByRole("button", { name: /^Keep the / }).click();
  await expect.poll(async () => (await read()).state).toBe("cancelled");
  await killAndReload(app, page);
  const cancelled = await expectToAddUp(VIDEOS);
  expect(cancelled.stopped).toBe(cancelled.waiting);
  expect(cancelled.outcomes.stopped).toBe(cancelled.waiting);
  await expect(card(page)).toHaveCount(0);

  await page.goto(`${app.url}/imports/${import_id}`);
  await expect(page.getByTestId("import-state")).toContainText("Cancelled");
  await expectPageToAddUp();
  await page.getByRole("button", { name: "Resume", exact: true }).click();
  await expect(page.getByTestId("import-state")).toContainText("Running");
  await expect.poll(async () => (await read()).state).toBe("running");
  expect((await expectToAddUp(VIDEOS)).stopped).toBe(0);

  await page.getByRole("button", { name: "Undo import" }).click();
  await page.getByRole("button", { name: "Remove 1,000 videos" }).click();
  await expect(page.getByTestId("import-state")).toContainText("Undone");
  await expect(page.getByText("Undone. 1,000 videos were removed.", { exact: true })).toBeVisible();
  await killAndReload(app, page);
  const undone = await expectToAddUp(0);
  expect(undone.outcomes).toMatchObject({ removed: VIDEOS, repeated: 1, rejected: 1 });
  await expect(page.getByTestId("import-state")).toContainText("Undone");
  await expectPageToAddUp();
  await expect(page.getByRole("button", { name: /^(Resume|Pause|Undo)/ })).toHaveCount(0);
  await app.standin("latency", "PUT", { seconds: 0, kinds: ["player"] });
});
