import { type Browser, expect, type Page, test } from "@playwright/test";
import { fakeBackend, grey, inMinutes, job, lane, video } from "./support/fakeBackend";
import { fitsTheWindow, home, hour, library, mixed, severalImports, tile, tiles } from "./support/library";

/** What people see of pauses, of videos that come later and of imports, on a made-up backend. */
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
      /Titel pausieren bis .*YouTube macht gerade eine Pause mit uns\. 1 Video wartet\./,
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
  await expect(details).toContainText(/Video details.*Slower, as YouTube asked/s);
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
    await second.getByRole("link", { name: "Alle Zeilen" }).click();
    const again = page.getByRole("button", { name: "2 nicht verfügbare Videos erneut versuchen" });
    await expect(again).toBeInViewport({ ratio: 1 });
    expect(await fitsTheWindow(page)).toBe(true);
    await page.goBack();
    await page.getByRole("link", { name: "Zurück zur Liste" }).click();
    await expect(tiles(page).first()).toBeVisible();
  });
});
