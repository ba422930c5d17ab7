import { expect, requestsFor, test } from "./support/realApp";
import { recorded, recordSocket, recordTiles, wentBack } from "./support/recorder";

const tileOf = (id: string) => `[data-youtube-id="${id}"]`;
const link = (id: string) => `https://www.youtube.com/watch?v=${id}`;

test("a dropped link is a grey tile at once, fills its ring, and ends in colour with captions and chapters", async ({
  app,
  page,
}) => {
  const id = "KMRK_e2e001";
  await app.standin(`scenario/${id}`, "PUT", {
    captions: "auto",
    chapters: "markers",
    duration_seconds: 600,
  });
  await recordTiles(page);
  const heard = recordSocket(page);
  await app.signIn(page);

  await page.locator("body").drop({ data: { "text/uri-list": link(id), "text/plain": link(id) } });
  const tile = page.locator(tileOf(id));
  await expect(tile).toBeVisible();
  await expect(tile).toHaveAttribute("data-stage", "complete", { timeout: 30_000 });

  const { addedAt, shown } = await recorded(page);
  const mine = shown.filter((state) => state.id === id);
  expect((mine[0]?.at ?? Number.POSITIVE_INFINITY) - addedAt).toBeLessThan(500);
  expect(mine[0]).toMatchObject({ stage: "created", progress: 0 });
  expect(wentBack(mine)).toBeNull();
  expect(mine.at(-1)).toMatchObject({ stage: "complete", progress: 100 });
  const streamed = heard.filter((video) => video.youtube_id === id);
  expect(streamed.length).toBeGreaterThan(0);
  expect(wentBack(streamed)).toBeNull();

  await expect(tile.getByTestId("progress-overlay")).toHaveCount(0);
  await expect(tile.locator("img")).not.toHaveClass(/picture-importing/);
  await expect
    .poll(() => tile.locator("img").evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBeGreaterThan(0);

  // One of each, and nothing else: pictures come from another host and are not the upstream's concern.
  const { thumbnail: _picture, ...requests } = await requestsFor(app, id);
  expect(requests.oembed).toBe(1);
  expect(requests.watch).toBe(1);
  expect(requests.player).toBe(1);
  expect(requests.timedtext ?? 0).toBeLessThanOrEqual(1);
  expect(Object.keys(requests).sort()).toEqual(
    ["oembed", "player", "timedtext", "watch"].filter((kind) => kind in requests),
  );

  // Opened, a chapter moves the player, and the transcript follows.
  await tile.getByRole("link").click();
  const chapters = page.getByTestId("chapters").getByRole("button");
  await expect(chapters.nth(1)).toBeVisible();
  await expect(page.getByTestId("transcript").getByRole("button").first()).toBeVisible();
  const facts = await app.standin<{ chapters: { start_seconds: number; title: string }[] }>(`videos/${id}`);
  const second = facts.chapters[1];
  if (!second) throw new Error("the stand-in's video has no second chapter");
  await expect(chapters.nth(1)).toContainText(second.title);
  const clockShown = page.frameLocator("iframe").locator("#clock");
  await expect(clockShown).toBeVisible();
  await chapters.nth(1).click();
  await expect
    .poll(async () => seconds((await clockShown.textContent()) ?? ""))
    .toBeGreaterThanOrEqual(second.start_seconds);
  await expect(chapters.nth(1)).toHaveAttribute("aria-current", "true");
  await expect(page.getByTestId("transcript").locator("[aria-current]")).toBeInViewport();
  await expect(page.getByTestId("caption-line")).not.toBeEmpty();
});

test("a reload in the middle and a second tab show the same progress", async ({ app, page, context }) => {
  const id = "KDES_e2e002";
  await app.standin(`scenario/${id}`, "PUT", { captions: "manual", chapters: "description" });
  await app.standin("latency", "PUT", { seconds: 8, kinds: ["player"] });
  await recordTiles(page);
  await app.signIn(page);
  await page.locator("body").drop({ data: { "text/plain": link(id) } });
  const tile = page.locator(tileOf(id));
  await expect(tile).toHaveAttribute("data-progress", "25");
  const title = await tile.getByRole("heading").textContent();

  await page.reload();
  await expect(tile).toHaveAttribute("data-progress", "25", { timeout: 1000 * 3 });
  await expect(tile.getByRole("heading")).toHaveText(title ?? "");
  const second = await context.newPage();
  await second.goto(app.url);
  await expect(second.locator(tileOf(id))).toHaveAttribute("data-progress", "25", { timeout: 1000 * 3 });

  await app.standin("latency", "PUT", { seconds: 0, kinds: ["player"] });
  await expect(tile).toHaveAttribute("data-stage", "complete", { timeout: 30_000 });
  await expect(second.locator(tileOf(id))).toHaveAttribute("data-stage", "complete", { timeout: 2000 });
  const states = (await recorded(page)).shown.filter((state) => state.id === id);
  expect(wentBack(states)).toBeNull();
});

test("what one tab removes or renames is told to the others", async ({ app, page, context }) => {
  const id = "CNON_e2e004";
  await app.signIn(page);
  await page.locator("body").drop({ data: { "text/plain": link(id) } });
  await expect(page.locator(tileOf(id))).toHaveAttribute("data-stage", "complete", { timeout: 30_000 });
  const second = await context.newPage();
  await second.goto(app.url);
  await expect(second.locator(tileOf(id))).toBeVisible();

  await page
    .locator(tileOf(id))
    .getByRole("button", { name: /^Actions for/ })
    .click();
  await page.getByRole("menuitem", { name: "Remove" }).click();
  await expect(page.locator(tileOf(id))).toHaveCount(0);
  await expect(second.locator(tileOf(id))).toHaveCount(0);
});

test("the same link twice is said plainly, and a link that is none leaves no tile", async ({ app, page }) => {
  const id = "CNON_e2e003";
  await app.signIn(page);
  await page.locator("body").drop({ data: { "text/plain": link(id) } });
  await expect(page.locator(tileOf(id))).toHaveAttribute("data-stage", "complete", { timeout: 30_000 });
  await expect(page.locator(tileOf(id)).getByText("No captions")).toBeAttached();
  await page.locator("body").drop({ data: { "text/plain": `https://youtu.be/${id}` } });
  await expect(page.getByText("This video is already in the list.")).toBeVisible();
  await expect(page.locator(tileOf(id))).toHaveCount(1);

  await page.locator("body").drop({ data: { "text/plain": "nothing to see here" } });
  await expect(page.getByText(/There is no video link in it/)).toBeVisible();
});

function seconds(clock: string): number {
  const parts = (clock.split("/")[0] ?? "").trim().split(":").map(Number);
  return parts.reduce((sum, part) => sum * 60 + part, 0);
}
