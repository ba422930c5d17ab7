import { expect, type Page, test } from "@playwright/test";
import { fakeBackend, inMinutes } from "./support/fakeBackend";
import { estimate, transcript, transcriptionStatus } from "./support/fakeTranscription";
import { home, library, tile } from "./support/library";
import { soundless } from "./support/states/sound";

/** Captions made from the sound, on a made-up backend. */
const why = (page: Page) => page.getByTestId("no-transcript");
const current = (page: Page) => page.locator("mark[data-match=current]");

test("a video's captions are made by hand, come by themselves, and can be searched", async ({ page }) => {
  const backend = await fakeBackend(page, { videos: soundless(), chapters: [] });
  await page.goto(`${home}/videos/v0`);
  await expect(why(page)).toContainText("less than $0.01");
  await page.getByRole("button", { name: "Make captions now" }).click();
  await expect(why(page)).toHaveAttribute("data-why", "making");
  // The page does not wait for the answer to say so.
  await expect.poll(() => backend.actions.map(({ call }) => call)).toEqual(["POST /videos/v0/transcription"]);
  backend.state.transcripts.v0 = transcript({ parts_done: 2, part_count: 5 });
  await expect(page.getByText("2 of 5 parts")).toBeVisible();

  delete backend.state.transcripts.v0;
  const [first] = backend.state.videos;
  if (!first) throw new Error("no video");
  Object.assign(first, { captions_source: "whisper", captions_pending: false, captions_code: null });
  backend.send({ videos: [first] });
  await expect(page.getByTestId("transcript")).toBeVisible();
  await expect(page.getByText("Captions made by Whisper")).toBeVisible();

  await page.keyboard.press("/");
  await page.keyboard.type("HILL was the");
  await expect(page.getByText("1 of 37")).toBeVisible();
  await expect(current(page)).toHaveText("hill was the");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Shift+Enter");
  await expect(page.getByText("2 of 37")).toBeVisible();
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.press("Shift+Enter");
  await expect(page.getByText("37 of 37")).toBeVisible();
  await expect(current(page)).toBeInViewport();
  await current(page).click();
  await expect(page.getByTestId("transcript").locator("[aria-current]")).toContainText("hill was the");
  await page.getByRole("searchbox").fill("no such words");
  await expect(page.getByText("No match")).toBeVisible();
  await page.getByRole("searchbox").press("Escape");
  await expect(page.locator("mark")).toHaveCount(0);
});

test("a refusal is said, and everything is as it was", async ({ page }) => {
  await fakeBackend(page, { videos: soundless(), chapters: [] });
  await page.route("**/api/videos/v0/transcription", (route) =>
    route.fulfill({ status: 409, json: { code: "transcription_key_invalid", message: "" } }),
  );
  await page.goto(`${home}/videos/v0`);
  await page.getByRole("button", { name: "Make captions now" }).click();
  await expect(page.getByText(/^No captions are made\. The key/)).toBeVisible();
  await expect(why(page)).toHaveAttribute("data-why", "none");
  await page.getByRole("button", { name: "To the settings" }).click();
  await expect(page.getByRole("heading", { name: "Captions from the sound" })).toBeInViewport();
});

test("captions are made from a tile's menu and of a selection, which says first what that takes", async ({
  page,
}) => {
  const backend = await fakeBackend(page, { videos: library(24) });
  await page.goto(home);
  await tile(page, 3).hover();
  await tile(page, 3)
    .getByRole("button", { name: /^Actions for/ })
    .click();
  const item = page.getByRole("menuitem", { name: /^Make captions/ });
  await expect(item).toContainText("about 20 minutes, about $0.01");
  await item.click();
  await expect(tile(page, 3).getByText("Captions are being made")).toBeAttached();

  await tile(page, 0).getByRole("checkbox").focus();
  await page.keyboard.press("Space");
  await page.getByRole("button", { name: "Select all" }).click();
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Make captions" }).click();
  const dialog = page.getByRole("dialog", { name: "Make captions for 2 videos?" });
  await expect(dialog).toContainText("22 of the selected are passed over");
  await dialog.getByRole("button", { name: "Make captions" }).click();
  await expect(page.getByText("Captions of 2 videos are being made.")).toBeVisible();
  expect(backend.actions.map(({ call, body }) => [call, body])).toEqual([
    ["POST /videos/v3/transcription", null],
    ["POST /videos/transcribe", { video_ids: ["v10", "v17"] }],
  ]);
});

test("what waits for the budget says so and until when, and where nothing is set up the way there is shown", async ({
  page,
}) => {
  const backend = await fakeBackend(page, {
    videos: soundless({ captions_pending: true, captions_code: "transcription_budget" }),
    chapters: [],
    transcripts: { v0: transcript({ reason_code: "transcription_budget", resumes_at: inMinutes(2000) }) },
    transcription: transcriptionStatus({ waiting: estimate(1, 12) }),
  });
  await page.goto(`${home}/videos/v0`);
  await expect(why(page)).toContainText(/The budget .* is used up for now\. It goes on .+, by itself\./);
  await expect(page.getByRole("button", { name: "Make captions now" })).toBeVisible();

  delete backend.state.transcripts.v0;
  const [first] = backend.state.videos;
  if (first) Object.assign(first, { captions_pending: false, captions_code: "captions_none" });
  backend.state.transcription = transcriptionStatus({ provider: "off", model: null });
  await page.reload();
  await page.getByRole("link", { name: "Set it up" }).click();
  await expect(page.getByRole("heading", { name: "Captions from the sound" })).toBeInViewport();
  await expect(page.getByTestId("sound-off")).toBeVisible();
});
