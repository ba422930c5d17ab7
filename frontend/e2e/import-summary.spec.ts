import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import type { ImportItem, ImportJob } from "../src/types/video";
import { fakeBackend, grey, inMinutes, job, lane, video } from "./support/fakeBackend";
import { item, NO_PLAYLISTS } from "./support/fakeImports";
import { fitsTheWindow, home, hour, library } from "./support/library";

/** An import's card, its end and its page, on a made-up backend. */
const summary = {
  total: 24,
  imported: 20,
  without_captions: 3,
  unavailable: { video_private: 2 },
  waiting: 2,
  later: 0,
  stopped: 0,
  playlists: NO_PLAYLISTS,
};
const counts = { new: 24, duplicate: 1, repeated: 1, rejected: 1, playlist: 0 };
const videos = library(24, (i) => {
  if (i < 3) return { captions_source: "none" };
  if (i < 5) return { import_stage: "error", import_progress: 25, error_code: "video_private" };
  if (i < 7) return i === 5 ? grey : { import_stage: "captions", import_progress: 60 };
  return { captions_source: "youtube_auto" };
});
const items: ImportItem[] = [
  ...videos.map((one, i) => item(i + 1, { from: one })),
  item(25, { from: video(30), verdict: "duplicate", outcome: "duplicate" }),
  item(26, { from: video(1), verdict: "repeated", outcome: "repeated" }),
  item(27, { text: "no link at all" }),
];
const running = (changes: Partial<ImportJob> = {}) => job(24, 2, { summary, counts, ...changes });
const over = { ...summary, imported: 22, waiting: 0 };
const inThatWay = { state: "finished", finished_at: inMinutes(0), summary: over } as const;

const chip = (page: Page, name: RegExp) => page.getByRole("group").getByRole("button", { name });
const rows = (page: Page) => page.getByTestId("import-items").locator("tbody tr");

async function axe(page: Page, what: string) {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .options({ resultTypes: ["violations"] })
    .analyze();
  expect(violations.map(({ id, nodes }) => `${what}: ${id} ${nodes[0]?.html}`)).toEqual([]);
}

test("an import is paused and resumed with one click, also when the server refuses or the page is loaded anew", async ({
  page,
}) => {
  const backend = await fakeBackend(page, { videos, imports: [running()] });
  await page.goto(home);
  const card = page.getByTestId("job-progress-card");
  await page.getByRole("button", { name: "Pause: Watch later" }).click();
  await expect(card).toHaveAttribute("data-state", "paused");
  await expect(page.locator("p[aria-live=polite]")).toHaveText("Import of 24 videos paused");
  expect(backend.actions.map(({ call }) => call)).toEqual(["POST /imports/i1/pause"]);

  await page.reload();
  await expect(card).toHaveAttribute("data-state", "paused");
  await page.getByRole("button", { name: "Resume: Watch later" }).click();
  await expect(card).toHaveAttribute("data-state", "running");

  await page.route("**/api/imports/i1/pause", (route) =>
    route.fulfill({ status: 409, json: { code: "import_is_over", message: "" } }),
  );
  await page.getByRole("button", { name: "Pause: Watch later" }).click();
  await expect(page.getByText("This import is over already.")).toBeVisible();
  await expect(card).toHaveAttribute("data-state", "running");
});

test("cancelling asks what is to become of the rest, and what is kept can go on", async ({ page }) => {
  const backend = await fakeBackend(page, { videos, items, imports: [running()] });
  await page.goto(home);
  const card = page.getByTestId("job-progress-card");
  await card.getByRole("button").first().click();
  await page.getByRole("button", { name: "Cancel", exact: true }).click();
  await expect(page.getByRole("button", { name: "Go on importing" })).toBeFocused();
  await axe(page, "cancel dialog");
  await page.keyboard.press("Escape");
  await expect(card).toHaveAttribute("data-state", "running");

  await page.getByRole("button", { name: "Cancel", exact: true }).click();
  await page.getByRole("button", { name: "Keep the 2, stopped" }).click();
  await expect(card).toHaveCount(0);
  const toast = page.getByTestId("import-summary");
  await expect(toast).toContainText("Import into “Watch later” cancelled");
  await expect(toast).toContainText("2 not available, 2 stopped.");
  expect(backend.actions.at(-1)).toEqual({ call: "POST /imports/i1/cancel", body: { remaining: "keep" } });

  await toast.getByRole("link", { name: "Details" }).click();
  await expect(page.getByTestId("import-state")).toContainText("Cancelled");
  await expect(page.locator("main")).not.toContainText("waiting");
  await page.getByRole("button", { name: "Resume", exact: true }).click();
  await expect(page.getByTestId("import-state")).toContainText("Running");
});

test("the end is one toast, in every open tab once, and never again after a reload", async ({
  page,
  context,
}) => {
  const backend = await fakeBackend(page, { videos, items, imports: [running()] });
  const second = await context.newPage();
  const other = await fakeBackend(second, { videos, items, imports: [running()] });
  await page.goto(home);
  await second.goto(home);
  const toast = page.getByTestId("import-summary");
  for (const tab of [page, second]) await expect(tab.getByTestId("job-progress-card")).toBeVisible();
  backend.send({ imports: [running({ progress_percent: 99 })] });
  await page.waitForTimeout(300);
  await expect(toast).toHaveCount(0);

  for (const one of [backend, other]) {
    one.state.imports = [running(inThatWay)];
    one.send({ imports: [running(inThatWay)] });
    one.send({ imports: [running(inThatWay)] });
  }
  for (const tab of [page, second]) {
    await expect(tab.getByTestId("import-summary")).toHaveCount(1);
    await expect(tab.getByTestId("import-summary")).toContainText(
      "22 videos imported. 3 without captions, 2 not available.",
    );
  }
  await page.reload();
  await expect(page.locator("[data-youtube-id]").first()).toBeVisible();
  await page.waitForTimeout(500);
  await expect(toast).toHaveCount(0);
});

test("an end that came while the connection was away is said as well", async ({ page }) => {
  const backend = await fakeBackend(page, { videos, imports: [running()] });
  await page.goto(home);
  await expect(page.getByTestId("job-progress-card")).toBeVisible();
  backend.state.imports = [running(inThatWay)];
  await backend.drop();
  await expect(page.getByTestId("import-summary")).toContainText("22 videos imported.");
  await expect(page.getByTestId("job-progress-card")).toHaveCount(0);
});

test("every line has its outcome, the numbers add up, and a group is tried again with one click", async ({
  page,
}) => {
  const backend = await fakeBackend(page, { videos, items, imports: [running()] });
  await page.goto(`${home}/imports/i1`);
  await expect(page).toHaveTitle("Watch later · Imports · Videothek");
  await expect(page.getByText(/^27 lines were given\. .* together they are 27 again\.$/)).toBeVisible();
  const numbers = await page.getByRole("group").getByRole("button").allInnerTexts();
  const [all, ...groups] = numbers.map((text) => Number(/\d+$/.exec(text)?.[0]));
  expect(all).toBe(27);
  expect(groups.reduce((sum, count) => sum + count, 0)).toBe(27);

  await chip(page, /^Not available/).click();
  await expect(page).toHaveURL(/outcome=unavailable$/);
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).first()).toContainText(/4.*Not available.*This video is private\./s);
  await page.getByRole("button", { name: "Try 2 unavailable videos again" }).click();
  await expect(page.getByText("1 video is tried again.")).toBeVisible();
  expect(backend.actions.at(-1)).toEqual({
    call: "POST /imports/i1/retry-failed",
    body: { outcome: "unavailable" },
  });

  const report = page.waitForRequest("**/report.csv?outcome=unavailable");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download these as CSV" }).click();
  expect((await report).headers()["accept-language"]).toBe("en");
  expect((await download).suggestedFilename()).toMatch(/^Watch later \d{4}-\d\d-\d\d Not available\.csv$/);

  await page.reload();
  await expect(chip(page, /^Not available/)).toHaveAttribute("aria-pressed", "true");
  await chip(page, /^No video/).click();
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page).first()).toContainText("There is no video link in it.");
  await chip(page, /^All/).click();
  await page
    .getByRole("link", { name: videos[7]?.title ?? "" })
    .first()
    .click();
  await expect(page).toHaveURL(/\/videos\/v7$/);
});

test("lines and counts move with a running import", async ({ page }) => {
  const backend = await fakeBackend(page, { videos, items, imports: [running()] });
  await page.goto(`${home}/imports/i1`);
  const line = page.locator('[data-line="6"]');
  await expect(line).toContainText(/Title follows.*Importing/s);
  backend.send({
    videos: [video(5)],
    imports: [running({ summary: { ...summary, imported: 21, waiting: 1 } })],
  });
  await expect(line.locator("[data-outcome]")).toHaveAttribute("data-outcome", "imported");
  await expect(line).toContainText(videos[15]?.title ?? "");
  await expect(chip(page, /^Importing/)).toHaveText(/1$/);
  await expect(page.getByText("23 of 24")).toBeVisible();

  backend.state.imports = [running(inThatWay)];
  backend.send({ imports: [running(inThatWay)] });
  await expect(page.getByTestId("import-state")).toContainText(/Finished.*Ended/);
  await expect(page.locator("main").getByRole("progressbar")).toHaveCount(0);
});

test("ten thousand lines are a few rows, read as somebody gets there", async ({ page }) => {
  const many = Array.from({ length: 10_000 }, (_, i) => item(i + 1, { from: video(i) }));
  const big = { ...summary, total: 10_000, imported: 9998, without_captions: 0, unavailable: {} };
  await fakeBackend(page, {
    items: many,
    imports: [
      job(10_000, 2, { summary: big, counts: { ...counts, new: 10_000, duplicate: 0, repeated: 0 } }),
    ],
  });
  await page.goto(`${home}/imports/i1`);
  await expect(page.locator('[data-line="1"]')).toBeVisible();
  await expect(page.getByTestId("import-items")).toHaveAttribute("aria-rowcount", "10001");
  expect(await rows(page).count()).toBeLessThan(40);
  await page.mouse.move(600, 600);
  await page.mouse.wheel(0, 30_000);
  await expect(page.locator('[data-line="420"]')).toBeVisible();
  expect(await page.evaluate(() => document.querySelectorAll("*").length)).toBeLessThan(1000);
});

test("the page of imports leads to every line, holds an import and tries a group again", async ({ page }) => {
  const backend = await fakeBackend(page, {
    videos,
    items,
    imports: [running(), running({ ...inThatWay, id: "i2", created_at: inMinutes(-5) })],
  });
  await page.goto(`${home}/imports`);
  const row = page.getByTestId("import-row").nth(1);
  await row.locator("summary").click();
  await row.getByRole("button", { name: "Try 2 unavailable videos again" }).click();
  await expect(page.getByText("1 video is tried again.")).toBeVisible();
  await page.getByRole("button", { name: "Pause: Watch later" }).click();
  await expect(page.getByTestId("import-row").first()).toContainText("Paused");
  expect(backend.actions.map(({ call }) => call)).toEqual([
    "POST /imports/i2/retry-failed",
    "POST /imports/i1/pause",
  ]);
  await row.getByRole("link", { name: "All lines" }).click();
  await expect(page).toHaveURL(/\/imports\/i2$/);
});

test("an import that does not exist is a page that leads on", async ({ page }) => {
  await fakeBackend(page, { videos });
  await page.goto(`${home}/imports/nothing`);
  await expect(page.getByRole("heading", { name: "There is no such import" })).toBeVisible();
  await axe(page, "missing");
  await page.getByRole("link", { name: "Show all imports" }).click();
  await expect(page).toHaveURL(/\/imports$/);
});

test("all of it works with the keyboard alone", async ({ page }) => {
  const backend = await fakeBackend(page, { videos, items, imports: [running()] });
  await page.goto(home);
  const toggle = page.getByTestId("job-progress-card").getByRole("button").first();
  await toggle.focus();
  await page.keyboard.press("Enter");
  await expect(toggle).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Pause: Watch later" })).toBeFocused();
  await page.keyboard.press("Space");
  await expect(page.getByRole("button", { name: "Resume: Watch later" })).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Cancel", exact: true })).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/imports\/i1$/);
  const unavailable = chip(page, /^Not available/);
  await unavailable.focus();
  await page.keyboard.press("Space");
  await expect(rows(page)).toHaveCount(2);
  await page.getByRole("button", { name: "Try 2 unavailable videos again" }).focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => backend.actions.at(-1)?.call).toBe("POST /imports/i1/retry-failed");
});

const throttled = lane("timedtext", {
  state: "paused",
  reason_code: "upstream_throttled",
  waiting: 174,
  resumes_at: inMinutes(22),
});

test("on a phone the dock is one line, with the pause of YouTube in the same block", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const three = [
    running(),
    running({ id: "i2", list_id: "l2", created_at: inMinutes(-9) }),
    running({ id: "i3", list_id: "l3", created_at: inMinutes(-8) }),
  ];
  const backend = await fakeBackend(page, { videos, items, imports: three, lanes: [throttled] });
  await page.goto(home);
  await expect(page.getByTestId("dock-line")).toContainText(/3 imports.*66 \/ 72/);
  await expect(page.getByTestId("lane-line")).toBeVisible();
  await expect(page.getByTestId("job-progress-card")).toHaveCount(0);
  const height = await page.evaluate(
    () => document.querySelector("[data-testid=import-dock]")?.parentElement?.offsetHeight ?? 999,
  );
  expect(height).toBeLessThan(740 / 5);
  await page.getByTestId("dock-line").getByRole("button").first().click();
  await expect(page.getByTestId("job-progress-card")).toHaveCount(3);
  expect(await fitsTheWindow(page)).toBe(true);
  await page.reload();
  await expect(page.getByTestId("dock-line")).toBeVisible();
  await expect(page.getByTestId("job-progress-card")).toHaveCount(0);

  // Nothing lies over the charts of the page of imports; it says the same in its own place.
  backend.state.laneHistory = hour();
  await page.goto(`${home}/imports`);
  await expect(page.getByTestId("lane-player")).toBeVisible();
  await expect(page.locator("main").getByTestId("lane-line")).toHaveCount(1);
  await expect(page.getByTestId("lane-line")).toHaveCount(1);
});
