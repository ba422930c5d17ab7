import { dropAndConfirm } from "./support/preview";
import { asker, expect, test } from "./support/realApp";
import { recorded, recordSocket, recordTiles, wentBack } from "./support/recorder";

const ids = Array.from({ length: 100 }, (_, i) => `batch${String(i).padStart(6, "0")}`);

test("a hundred dropped links are a hundred tiles at once, and all of them end", async ({ app, page }) => {
  await recordTiles(page);
  const heard = recordSocket(page);
  await app.signIn(page);
  // A list of its own: other specs leave videos in the first one.
  const ask = await asker(app);
  const { id: listId } = await ask<{ id: string }>("/lists", { name: "A hundred" });
  await page.goto(`${app.url}/lists/${listId}`);
  await expect(page.getByRole("heading", { level: 1, name: "A hundred" })).toBeVisible();

  const text = ids.map((id) => `https://www.youtube.com/watch?v=${id}`).join("\n");
  await dropAndConfirm(page, `${text}\n${text.split("\n")[0]}\nno link\n`);
  await expect(
    page.getByText(/100 videos added\. 1 was in it twice\. 1 other line had no video link\./),
  ).toBeVisible();
  await expect(
    page
      .getByRole("list", { name: /Videos in/ })
      .getByRole("listitem")
      .first(),
  ).toHaveAttribute("aria-setsize", "100");
  const { addedAt, shown: early } = await recorded(page);
  const first = early.find((state) => state.id.startsWith("batch"));
  expect((first?.at ?? Number.POSITIVE_INFINITY) - addedAt).toBeLessThan(500);

  await expect(page.getByTestId("job-progress-card")).toBeVisible();
  const summary = page.getByTestId("import-summary").first();
  await expect(summary).toHaveAttribute("data-state", "finished", { timeout: 150_000 });
  await expect(summary).toContainText("100 videos imported.");
  await expect(page.getByTestId("job-progress-card")).toHaveCount(0);

  // Nothing ever went back: on the wire and on the screen.
  const { shown } = await recorded(page);
  for (const id of ids) {
    expect(wentBack(shown.filter((state) => state.id === id))).toBeNull();
    expect(wentBack(heard.filter((video) => video.youtube_id === id))).toBeNull();
  }
  // A thousand nodes would mean that the window is not one.
  expect(await page.locator("[data-youtube-id]").count()).toBeLessThan(60);

  const { videos } = await app.standin<{ videos: Record<string, Record<string, number>> }>("counts");
  for (const id of ids) {
    const { thumbnail: _picture, ...requests } = videos[id] ?? {};
    expect(requests, id).toMatchObject({ oembed: 1, watch: 1, player: 1 });
    expect(requests.timedtext ?? 0, id).toBeLessThanOrEqual(1);
    expect(
      Object.values(requests).reduce((sum, n) => sum + n, 0),
      id,
    ).toBeLessThanOrEqual(4);
  }

  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.locator('[data-stage="complete"]').first()).toBeVisible();
  await expect(page.getByTestId("progress-overlay")).toHaveCount(0);
});
