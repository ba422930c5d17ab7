import AxeBuilder from "@axe-core/playwright";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { ports } from "../playwright.config";
import type { Video } from "../src/types/video";
import { fakeBackend, grey, inMinutes, job, lane, laneHour, video } from "./support/fakeBackend";
import { recorded, recordTiles, wentBack } from "./support/recorder";

/** States that are hard to bring about for real, on a made-up backend. */
const home = `http://127.0.0.1:${ports.page}`;

const library = (count: number, change: (i: number) => Partial<Video> = () => ({})) =>
  Array.from({ length: count }, (_, i) => video(i, change(i)));

const mixed = () =>
  library(30, (i) => {
    if (i === 0) return grey;
    if (i === 1) return { import_stage: "captions", import_progress: 60 };
    if (i === 3) return { ...grey, error_code: "video_upcoming", waiting_until: inMinutes(600) };
    if (i === 2) return { import_stage: "error", import_progress: 25, error_code: "video_private" };
    return {};
  });

const tiles = (page: Page) => page.locator("[data-youtube-id]");
const tile = (page: Page, index: number) =>
  page.locator(`[data-youtube-id="fake${String(index).padStart(7, "0")}"]`);

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

  await page.evaluate(() => {
    const long: number[] = [];
    Object.assign(window, { long });
    new PerformanceObserver((list) => long.push(...list.getEntries().map((entry) => entry.duration))).observe(
      {
        type: "longtask",
      },
    );
  });
  for (let frame = 0; frame < 30; frame += 1) {
    const changed = Array.from({ length: 20 }, (_, i) => (frame * 20 + i) % 1000);
    backend.send({ videos: changed.map((i) => video(i, { import_stage: "metadata", import_progress: 25 })) });
    await page.mouse.wheel(0, 60);
    await page.waitForTimeout(100);
  }
  const long = await page.evaluate(() => (window as unknown as { long: number[] }).long);
  // Generous: the machine has two cores and draws in software.
  expect(Math.max(0, ...long)).toBeLessThan(250);
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
          "frame-src https://www.youtube-nocookie.com; base-uri 'none'; form-action 'none'",
      },
    });
  });
  await fakeBackend(page, { videos: mixed(), imports: [job(30, 2)] });
  await page.goto(home);
  await expect(tiles(page).first()).toBeVisible();
  await page.getByRole("button", { name: "Settings" }).click();
  await page.keyboard.press("Escape");
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
  expect(complaints).toEqual([]);
});

const pausedFor = (minutes: number, waiting: number) =>
  ({ state: "paused", reason_code: "upstream_throttled", waiting, resumes_at: inMinutes(minutes) }) as const;

/** The texts of one language, in the browser's own. */
async function inGerman(browser: Browser, run: (page: Page) => Promise<void>) {
  const context = await browser.newContext({ locale: "de-DE", viewport: { width: 360, height: 740 } });
  try {
    await run(await context.newPage());
  } finally {
    await context.close();
  }
}

const fitsTheWindow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);

test("one lane's pause is one quiet line, and none is left when it has ended", async ({ page }) => {
  const backend = await fakeBackend(page, { videos: mixed() });
  await page.goto(home);
  await expect(tiles(page).first()).toBeVisible();
  const line = page.getByTestId("lane-line");
  backend.send({ lanes: [lane("thumbnail", pausedFor(60, 40))] });
  backend.send({ lanes: [lane("player", pausedFor(1 / 60, 12))] });
  await page.waitForTimeout(800);
  await expect(line).toHaveCount(0);

  backend.send({ lanes: [lane("player", { waiting: 12 }), lane("timedtext", pausedFor(20.4, 12))] });
  await expect(line).toContainText(/Captions are paused until .*YouTube asks us to slow down\./);
  await expect(line).toContainText("12 videos are waiting. Nothing is lost, it goes on by itself");
  await expect(line).toContainText("in about 20 minutes.");
  await expect(page.getByRole("status").filter({ has: line })).toHaveCount(1);

  backend.send({ lanes: [lane("timedtext", { state: "probing", waiting: 12 })] });
  await expect(line).toContainText("Captions are being tried again, carefully.");
  backend.send({ lanes: [lane("timedtext", { waiting: 12 })] });
  await expect(line).toHaveCount(0);
});

test("several paused lanes are one line, that does not jump between states", async ({ browser }) => {
  await inGerman(browser, async (page) => {
    const lanes = [
      lane("oembed", { ...pausedFor(61, 1), reason_code: "upstream_blocked" }),
      lane("timedtext", pausedFor(20, 0)),
      lane("player", pausedFor(61, 0)),
    ];
    const backend = await fakeBackend(page, { videos: mixed(), lanes });
    await page.goto(home);
    const line = page.getByTestId("lane-line");
    await expect(line).toContainText(
      /Titel pausieren bis .*YouTube antwortet zurzeit nicht\. 1 Video wartet\./,
    );
    await expect(line).toContainText("Nichts geht verloren, es geht in etwa 1 Stunde von selbst weiter.");
    expect(await fitsTheWindow(page)).toBe(true);

    await line.evaluate((element) => {
      const heads: string[] = [];
      Object.assign(window, { heads });
      new MutationObserver(() =>
        heads.push(element.querySelector("[aria-hidden] > span")?.textContent ?? ""),
      ).observe(element, { subtree: true, childList: true, characterData: true });
    });
    for (let i = 0; i < 8; i += 1) {
      backend.send({ lanes: [lane("oembed", i % 2 ? pausedFor(61, 1) : { state: "probing", waiting: 1 })] });
      await page.waitForTimeout(300);
    }
    const heads = await page.evaluate(() => (window as unknown as { heads: string[] }).heads);
    expect(heads.filter((head) => !head.startsWith("Titel pausieren"))).toEqual([]);

    backend.send({
      lanes: [lane("oembed", pausedFor(61, 4)), lane("timedtext", pausedFor(20, 8)), lane("player", {})],
    });
    await expect(line).toContainText(/Titel und Untertitel pausieren mindestens bis .* 12 Videos warten\./);
    await expect(line).toHaveCount(1);
  });
});

test("a video that waits for its time looks calm, says when it goes on, and can be looked at now", async ({
  page,
}) => {
  const soon = { ...grey, import_stage: "metadata", import_progress: 25 } as const;
  const videos = library(8, (i) => {
    if (i === 0)
      return { ...soon, title: "Soon", error_code: "video_upcoming", waiting_until: inMinutes(9000) };
    if (i === 1) return { ...soon, title: "Stream", error_code: "video_live", waiting_until: inMinutes(30) };
    if (i === 2) return { ...grey, error_code: "video_processing" };
    if (i === 3) return { ...soon, title: "Stubborn", waiting_until: inMinutes(30) };
    return {};
  });
  const backend = await fakeBackend(page, { videos });
  await page.goto(home);
  await expect(tile(page, 0)).toContainText(/Premiere on/);
  await expect(tile(page, 1)).toContainText("Live now");
  await expect(tile(page, 2)).toContainText("Still being processed");
  await expect(tile(page, 3)).toContainText(/Next try /);
  for (const i of [0, 1, 2, 3]) {
    await expect(tile(page, i).getByRole("progressbar")).toHaveCount(0);
    await expect(tile(page, i).getByRole("button", { name: "Remove" })).toHaveCount(0);
  }
  await tile(page, 0).getByRole("link", { name: "Soon" }).click();
  await expect(
    page.getByText(/Premiere on .* Not published yet\. It is picked up once it is\./).first(),
  ).toBeVisible();
  await page.getByRole("button", { name: "Look now" }).click();
  await expect(page.getByText("Trying again.")).toBeVisible();
  expect(backend.retried).toEqual(["v0"]);
  await page.goBack();

  backend.send({ videos: [video(1, { import_stage: "captions", import_progress: 60, title: "Stream" })] });
  await expect(tile(page, 1).getByRole("progressbar")).toHaveAttribute("aria-valuenow", "60");
  await expect(tile(page, 1)).not.toContainText("Live now");
});

const severalImports = () => [
  job(1000, 388, { eta_seconds: 7000 }),
  job(50, 1, {
    id: "i2",
    list_id: "l3",
    state: "finished",
    created_at: inMinutes(-5),
    counts: { new: 50, duplicate: 3, repeated: 0, rejected: 0, playlist: 0 },
    summary: {
      total: 50,
      imported: 47,
      without_captions: 2,
      unavailable: { video_private: 2 },
      waiting: 1,
      later: 1,
    },
  }),
  ...Array.from({ length: 12 }, (_, i) =>
    job(3, 0, { id: `old${i}`, list_id: "l2", state: "finished", created_at: inMinutes(-60 - i) }),
  ),
];
const hour = () => [
  laneHour("oembed", 60),
  laneHour("player", 20),
  laneHour("timedtext", 7),
  laneHour("thumbnail", 0),
];

test("the page of imports says what came of each, and what the lanes did", async ({ page }) => {
  const backend = await fakeBackend(page, {
    videos: mixed(),
    imports: severalImports(),
    laneHistory: hour(),
    lanes: [lane("player", { state: "slow", waiting: 388 })],
  });
  await page.goto(home);
  await page.getByRole("link", { name: "Imports" }).click();
  await expect(page).toHaveTitle("Imports · Videothek");
  const rows = page.getByTestId("import-row");
  await expect(rows).toHaveCount(10);
  await expect(page.getByTestId("job-progress-card")).toHaveCount(0);
  await expect(rows.first()).toContainText(/Watch later.*Running.*612 of 1,000.*about 2 hours left/s);
  const second = rows.nth(1);
  await expect(second).toContainText("2 not available (private), 1 comes later.");
  await second.locator("summary").focus();
  await page.keyboard.press("Enter");
  await expect(second.getByText("2 videos are private.")).toBeVisible();
  await expect(second.getByText(/^1 video comes later by itself/)).toBeVisible();
  await expect(second.getByText("Given: 50 videos added. 3 were already there.")).toBeVisible();

  await page.getByRole("button", { name: "Show older imports" }).click();
  await expect(rows).toHaveCount(14);
  await expect(page.getByRole("button", { name: "Show older imports" })).toHaveCount(0);

  backend.send({ imports: [job(1000, 100, { eta_seconds: 700 })] });
  await expect(rows.first()).toContainText(/900 of 1,000.*about 12 minutes left/s);

  const details = page.getByTestId("lane-player");
  await expect(details).toContainText(/Video details.*Slower, as YouTube asked · 388 waiting/s);
  await expect(details).toContainText(
    /requests in the last hour, asked 3 times for patience, paused for 6 minutes\./,
  );
  await expect(page.getByTestId("lane-thumbnail")).toContainText("No requests in the last hour.");

  // The state of a lane changes: the hour is read again at once.
  const renewed = page.waitForRequest("**/api/lanes/history");
  backend.send({ lanes: [lane("player", pausedFor(20, 388))] });
  await renewed;
  await expect(details).toContainText("Paused until");
});

test("the page of imports in German on a phone", async ({ browser }) => {
  await inGerman(browser, async (page) => {
    await fakeBackend(page, { videos: mixed(), imports: severalImports(), laneHistory: hour() });
    await page.goto(home);
    await page.getByRole("button", { name: /Liste wählen/ }).click();
    await page.getByRole("menuitem", { name: "Importe" }).click();
    await expect(page.getByRole("heading", { name: "Importe" })).toBeVisible();
    const second = page.getByTestId("import-row").nth(1);
    await expect(second).toContainText("2 nicht verfügbar (privat), 1 kommt später.");
    await second.locator("summary").click();
    await expect(second.getByText("2 Videos sind privat.")).toBeVisible();
    const captions = page.getByTestId("lane-timedtext");
    await expect(captions).toContainText(
      /In der letzten Stunde \d+ Anfragen, 3-mal um Geduld gebeten, 6 Minuten Pause\./,
    );
    expect(await fitsTheWindow(page)).toBe(true);
    await page.getByRole("link", { name: "Zurück zur Liste" }).click();
    await expect(tiles(page).first()).toBeVisible();
  });
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing on any page in ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const check = async (what: string) => {
      const { violations } = await new AxeBuilder({ page }).exclude("iframe").analyze();
      expect(violations.map(({ id, nodes }) => `${what}: ${id} ${nodes[0]?.html}`)).toEqual([]);
    };
    const backend = await fakeBackend(page, { signedIn: false, videos: mixed(), imports: [job(30, 2)] });
    await page.goto(home);
    await page.getByRole("button", { name: "Sign in" }).waitFor();
    await check("sign-in");
    backend.state.signedIn = true;
    await page.reload();
    await expect(tiles(page).first()).toBeVisible();
    await check("library");
    await page.keyboard.press("n");
    await check("add dialog");
    await page.keyboard.press("Escape");
    await page.goto(`${home}/videos/v5?t=30`);
    await expect(page.getByTestId("transcript")).toBeVisible();
    await check("video");
    await page.setViewportSize({ width: 360, height: 740 });
    await check("video on a phone");
    await page.goto(home);
    await expect(tiles(page).first()).toBeVisible();
    await check("library on a phone");
    expect(await fitsTheWindow(page)).toBe(true);
    backend.state.imports = severalImports();
    backend.state.laneHistory = hour();
    await page.goto(`${home}/imports`);
    await page.getByTestId("import-row").nth(1).locator("summary").click();
    await expect(page.getByTestId("lane-player")).toBeVisible();
    await check("imports on a phone");
    await page.setViewportSize({ width: 1280, height: 860 });
    await check("imports");
  });
}
