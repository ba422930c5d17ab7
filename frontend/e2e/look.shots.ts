import { mkdirSync } from "node:fs";
import { type Page, test } from "@playwright/test";
import { ports } from "../playwright.config";
import type { Video } from "../src/types/video";
import { fakeBackend, grey, job, video } from "./support/fakeBackend";

const home = `http://127.0.0.1:${ports.page}`;
mkdirSync("screenshots", { recursive: true });

const shot = async (page: Page, name: string) => {
  await page.waitForTimeout(500);
  await page.screenshot({ path: `screenshots/${name}.png` });
};

const mixed = (count: number): Video[] =>
  Array.from({ length: count }, (_, i) => {
    if (i === 0) return video(i, grey);
    if (i === 1) return video(i, { ...grey });
    if (i === 2) return video(i, { import_stage: "metadata", import_progress: 25, captions_source: null });
    if (i === 3) return video(i, { import_stage: "captions", import_progress: 60 });
    if (i === 4) return video(i, { import_stage: "chapters", import_progress: 90 });
    if (i === 5) return video(i, { import_stage: "error", import_progress: 25, error_code: "video_private" });
    if (i === 6) return video(i, { ...grey, import_stage: "error", error_code: "video_age_restricted" });
    if (i === 8)
      return video(i, { import_stage: "metadata", import_progress: 25, error_code: "video_upcoming" });
    return video(i);
  });

const sizes = [
  [360, 740],
  [768, 1000],
  [1440, 900],
] as const;

for (const theme of ["light", "dark"] as const) {
  for (const [width, height] of sizes) {
    test(`${theme} ${width}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: theme });
      await page.setViewportSize({ width, height });
      const name = (what: string) => `${what}-${width}-${theme}`;

      const backend = await fakeBackend(page, { videos: mixed(60), imports: [job(1000, 388)] });
      await page.goto(home);
      await page.getByRole("listitem").first().waitFor();
      await shot(page, name("library"));
      backend.send({
        lanes: [
          {
            name: "player",
            state: "paused",
            reason_code: "upstream_throttled",
            rate_per_minute: 2,
            waiting: 388,
            resumes_at: "2026-01-01T14:20:00Z",
          },
        ],
        imports: [job(47, 0, { id: "i2", state: "finished" })],
      });
      await page.mouse.wheel(0, 500);
      await shot(page, name("library-scrolled"));

      await page.goto(`${home}/videos/v7?t=90`);
      await page.getByTestId("transcript").or(page.getByTestId("chapters")).first().waitFor();
      await shot(page, name("video"));
    });
  }
}

test("other pages", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  const backend = await fakeBackend(page, { signedIn: false });
  await page.goto(home);
  await page.getByRole("button", { name: "Sign in" }).waitFor();
  await shot(page, "sign-in");
  backend.state.signedIn = true;
  await page.reload();
  await page.getByText("Drop a YouTube link").waitFor();
  await shot(page, "empty");
  await page.keyboard.press("n");
  await page.getByRole("textbox").fill("https://youtu.be/dQw4w9WgXcQ\nhttps://youtu.be/aaaaaaaaaa1");
  await shot(page, "add-dialog");
  await page.keyboard.press("Escape");
  backend.state.addFails = true;
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData("text/plain", "https://youtu.be/dQw4w9WgXcQ https://youtu.be/aaaaaaaaaa1");
    document.dispatchEvent(
      new DragEvent("dragover", { dataTransfer: data, bubbles: true, cancelable: true }),
    );
  });
  await shot(page, "drop-overlay");
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData("text/plain", "https://youtu.be/dQw4w9WgXcQ https://youtu.be/aaaaaaaaaa1");
    document.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  });
  await shot(page, "drop-failed");
  await page.getByRole("button", { name: "List actions" }).click();
  await shot(page, "list-menu");
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByText("Deutsch", { exact: true }).click();
  await page.goBack();
  await page.getByRole("button", { name: "Aktionen für die Liste" }).click();
  await page.getByRole("menuitem", { name: "Liste löschen" }).click();
  await shot(page, "delete-dialog-de");
});
