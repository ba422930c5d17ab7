import { expect, test } from "@playwright/test";
import { fakeBackend, grey, job, video } from "./support/fakeBackend";
import { home, hour, library, mixed, tile, tiles } from "./support/library";
import { recorded, recordTiles, wentBack } from "./support/recorder";

/** States that are hard to bring about for real, on a made-up backend. */
test("what ended while the socket was away is caught up with", async ({ page }) => {
  await recordTiles(page);
  const videos = library(6, (i) => (i < 2 ? { ...grey, import_progress: 25, import_stage: "metadata" } : {}));
  const backend = await fakeBackend(page, { videos });
  await page.goto(home);
  await expect(tile(page, 0)).toHaveAttribute("data-progress", "25");
  backend.send({ videos: [video(0, { import_stage: "captions", import_progress: 60 })] });
  await expect(tile(page, 0)).toHaveAttribute("data-progress", "60");

  // While the tab hears nothing, one video ends and the server starts a new life with new numbers.
  backend.state.videos = [
    video(0),
    video(1, { import_stage: "captions", import_progress: 60 }),
    ...videos.slice(2),
  ];
  await backend.drop();
  await expect(tile(page, 0)).toHaveAttribute("data-stage", "complete");
  await expect(tile(page, 1)).toHaveAttribute("data-progress", "60");
  backend.send({ videos: [video(1)] });
  await expect(tile(page, 1)).toHaveAttribute("data-stage", "complete");
  const { shown } = await recorded(page);
  expect(wentBack(shown.filter((state) => state.id === "fake0000000"))).toBeNull();
});

test("a socket that stays away is said in one line, and the page polls meanwhile", async ({ page }) => {
  const metadata = { import_stage: "metadata", import_progress: 25 } as const;
  const backend = await fakeBackend(page, {
    videos: library(6, (i) => (i < 2 ? { ...grey, ...metadata } : {})),
  });
  await page.goto(home);
  await expect(tile(page, 0)).toHaveAttribute("data-progress", "25");
  backend.state.socketRefused = true;
  await backend.drop();
  await expect(page.getByText(/Offline\. Reconnecting/)).toBeVisible();
  backend.state.videos[0] = video(0, { import_stage: "captions", import_progress: 60 });
  await expect(tile(page, 0)).toHaveAttribute("data-progress", "60");
  backend.state.socketRefused = false;
  await expect(page.getByText(/Offline\. Reconnecting/)).toHaveCount(0, { timeout: 20_000 });
});

test("a token the server refuses is renewed before the socket comes back", async ({ page }) => {
  const backend = await fakeBackend(page, { videos: library(3) });
  await page.goto(home);
  await expect(tiles(page)).toHaveCount(3);
  await expect.poll(() => backend.authTokens.length).toBe(1);
  const renewed = page.waitForRequest("**/api/auth/refresh");
  await backend.drop(4401);
  await renewed;
  await expect.poll(() => backend.authTokens.length).toBe(2);
});

test("what can't be sent is kept with its text, and goes through on the second try", async ({ page }) => {
  const backend = await fakeBackend(page, { videos: library(3), addFails: true });
  await page.goto(home);
  await expect(tiles(page)).toHaveCount(3);
  await page
    .locator("body")
    .drop({ data: { "text/plain": "https://youtu.be/dQw4w9WgXcQ https://youtu.be/aaaaaaaaaa1" } });
  await expect(page.getByText("2 links were not added.")).toBeVisible();
  await expect(tiles(page)).toHaveCount(3);
  await page.reload();
  await expect(page.getByText("2 links were not added.")).toBeVisible();
  backend.state.addFails = false;
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("2 links were not added.")).toHaveCount(0);
});

test("10,000 videos are a few dozen tiles, also under 200 events a second", async ({ page }) => {
  const videos = library(10_000, (i) => (i < 1000 ? grey : {}));
  const backend = await fakeBackend(page, { videos });
  await page.goto(home);
  await expect(tiles(page).first()).toBeVisible();
  await expect(page.locator("[aria-setsize]").first()).toHaveAttribute("aria-setsize", "10000");
  expect(await page.evaluate(() => document.querySelectorAll("*").length)).toBeLessThan(1000);
  for (let frame = 0; frame < 30; frame += 1) {
    const changed = Array.from({ length: 20 }, (_, i) => (frame * 20 + i) % 1000);
    backend.send({ videos: changed.map((i) => video(i, { import_stage: "metadata", import_progress: 25 })) });
    await page.mouse.wheel(0, 60);
    await page.waitForTimeout(100);
  }
  expect(await page.evaluate(() => document.querySelectorAll("*").length)).toBeLessThan(1000);

  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
  await expect(tile(page, 9999)).toBeVisible({ timeout: 30_000 });
});

test("coming back from a video finds the grid where it was left", async ({ page }) => {
  await fakeBackend(page, { videos: library(200) });
  await page.goto(home);
  await expect(tiles(page).first()).toBeVisible();
  await page.mouse.wheel(0, 3000);
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(3000);
  await tiles(page).nth(12).getByRole("link").click();
  await expect(page.getByTestId("transcript")).toBeVisible();
  await page.goBack();
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(3000);
});

test("the grid and the dialogs are walked by keyboard", async ({ page }) => {
  await fakeBackend(page, { videos: library(40) });
  await page.goto(home);
  const first = tile(page, 0).getByRole("link");
  await first.focus();
  await page.keyboard.press("ArrowRight");
  await expect(tile(page, 1).getByRole("link")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowUp");
  await expect(first).toBeFocused();
  await page.keyboard.press("n");
  await expect(page.getByRole("textbox")).toBeFocused();
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await page.keyboard.press("Escape");
  await first.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/videos\/v0$/);
});

test("a pasted link becomes a tile, a paste into a field does not", async ({ page }) => {
  await fakeBackend(page, { videos: library(3) });
  await page.goto(home);
  await expect(tiles(page)).toHaveCount(3);
  const paste = (selector: string) =>
    page.locator(selector).evaluate((element) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", "https://youtu.be/dQw4w9WgXcQ");
      element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    });
  await page.keyboard.press("n");
  await paste("textarea");
  await page.keyboard.press("Escape");
  await expect(tiles(page)).toHaveCount(3);
  await paste("body");
  await expect(page.getByText("1 video added.")).toBeVisible();
});

test("a reading person is not scrolled away, and taken back when asked", async ({ page }) => {
  await fakeBackend(page, { videos: library(1) });
  await page.goto(`${home}/videos/v0?t=400`);
  const transcript = page.getByTestId("transcript");
  await expect(transcript.locator("[aria-current]")).toBeInViewport();
  await transcript.hover();
  await page.mouse.wheel(0, -4000);
  const back = page.getByRole("button", { name: "Back to the current line" });
  await expect(back).toBeVisible();
  await expect(transcript.locator("[aria-current]")).not.toBeInViewport();
  await back.click();
  await expect(transcript.locator("[aria-current]")).toBeInViewport();
  await expect(back).toHaveCount(0);
});

test("a strict Content-Security-Policy has nothing to complain about", async ({ page }) => {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await page.route(`${home}/**`, async (route) => {
    if (route.request().resourceType() !== "document" || route.request().url().includes("/embed/")) {
      return route.fallback();
    }
    const response = await route.fetch();
    return route.fulfill({
      response,
      headers: {
        ...response.headers(),
        "content-security-policy":
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
          "manifest-src 'self'; frame-src https://www.youtube-nocookie.com; base-uri 'none'; form-action 'none'",
      },
    });
  });
  await fakeBackend(page, { videos: mixed(), imports: [job(30, 2)], laneHistory: hour() });
  await page.goto(home);
  await expect(tiles(page).first()).toBeVisible();
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("switch").waitFor();
  await page.goBack();
  await page.keyboard.press("n");
  await page.keyboard.press("Escape");
  await page.locator("body").drop({ data: { "text/plain": "nothing" } });
  await page.locator("body").drop({
    data: { "text/plain": "x", "text/html": "<a href='https://youtu.be/dQw4w9WgXcQ'>x</a>" },
  });
  await expect(page.getByText("video added")).toBeVisible();
  await page
    .getByRole("button", { name: /Actions for/ })
    .first()
    .click({ force: true });
  await page.keyboard.press("Escape");
  await tile(page, 5).getByRole("link").click();
  await expect(page.getByTestId("transcript")).toBeVisible();
  await page.goto(`${home}/search?q=fire`);
  await page.getByRole("button", { name: "Published", exact: true }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.goto(`${home}/imports`);
  await expect(page.getByTestId("lane-player")).toBeVisible();
  expect(complaints).toEqual([]);
});
