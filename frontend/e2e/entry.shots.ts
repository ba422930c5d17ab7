import { mkdirSync } from "node:fs";
import { type Page, test } from "@playwright/test";
import { dragOver } from "./support/drag";
import { fakeBackend } from "./support/fakeBackend";
import { home, library } from "./support/library";

/** What one meets before there is anything to see, and around it: for human eyes. */
mkdirSync("screenshots", { recursive: true });
const shot = async (page: Page, name: string) => {
  await page.waitForTimeout(400);
  await page.screenshot({ path: `screenshots/entry-${name}.png` });
};
const sizes = [
  { width: 360, height: 740, touch: true },
  { width: 1440, height: 900, touch: false },
];

for (const locale of ["en-GB", "de-DE"]) {
  for (const colorScheme of ["light", "dark"] as const) {
    for (const { width, height, touch } of sizes) {
      test(`${locale} ${colorScheme} ${width}`, async ({ browser }) => {
        const context = await browser.newContext({
          locale,
          colorScheme,
          viewport: { width, height },
          hasTouch: touch,
          isMobile: touch,
        });
        const page = await context.newPage();
        const name = (what: string) => `${what}-${width}-${colorScheme}-${locale.slice(0, 2)}`;
        const lists = [
          { id: "l1", name: "Watch later", video_count: 0 },
          { id: "l2", name: "Kochen und Backen", video_count: 0 },
        ];
        const backend = await fakeBackend(page, { signedIn: false, lists });
        await page.goto(`${home}/share?text=https://youtu.be/dQw4w9WgXcQ`);
        await page.locator("input[name=username]").waitFor();
        await shot(page, name("sign-in"));
        await page.evaluate(() => localStorage.clear());
        backend.state.signedIn = true;
        await page.goto(home);
        await page.getByRole("heading", { level: 2 }).waitFor();
        await shot(page, name("first-use"));
        backend.state.lists = [{ id: "l1", name: "Watch later", video_count: 0 }, ...lists.slice(1)];
        backend.state.lists[1] = { id: "l2", name: "Kochen und Backen", video_count: 12 };
        await page.reload();
        await page.getByRole("heading", { level: 2 }).waitFor();
        await shot(page, name("empty-list"));
        await page.keyboard.press("?");
        await page.getByRole("dialog").waitFor();
        await shot(page, name("shortcuts"));
        await page.keyboard.press("Escape");
        await page.keyboard.press("n");
        await page.getByRole("textbox").fill("https://youtu.be/dQw4w9WgXcQ\nhttps://youtu.be/aaaaaaaaaa1");
        await shot(page, name("add"));
        await page.keyboard.press("Escape");
        await page.goto(`${home}/settings`);
        await page.getByText("owner").waitFor();
        await page.waitForTimeout(400);
        await page.screenshot({ path: `screenshots/entry-${name("settings")}.png`, fullPage: true });

        backend.state.videos = library(40);
        await page.goto(home);
        await page.locator("[data-youtube-id]").first().waitFor();
        await dragOver(page, { "text/uri-list": "https://youtu.be/dQw4w9WgXcQ" });
        await shot(page, name("drop-link"));
        await dragOver(page, {}, ["a.txt", "b.csv", "film.mp4"]);
        await shot(page, name("drop-files"));
        await dragOver(page, {}, ["film.mp4"]);
        await shot(page, name("drop-unreadable"));
        await page.keyboard.press("Escape");
        backend.state.addFails = true;
        await page
          .locator("body")
          .drop({ data: { "text/plain": "https://youtu.be/dQw4w9WgXcQ\nhttps://youtu.be/aaaaaaaaaa1" } });
        await page.getByRole("button", { name: /Discard|Verwerfen/ }).waitFor();
        await shot(page, name("kept"));
        await context.close();
      });
    }
  }
}
