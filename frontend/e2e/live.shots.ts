import { mkdirSync } from "node:fs";
import { dropAndConfirm } from "./support/preview";
import { test } from "./support/realApp";

mkdirSync("screenshots", { recursive: true });

/** The real app in the middle of an import, as a person sees it. */
test("live", async ({ app, page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await app.signIn(page);
  const ids = ["KMRK_live01", "PRIV_live02", "GEOB_live03", "SOON_live04", "CNON_live05"];
  for (let i = 0; i < 40; i += 1) ids.push(`live${String(i * 7919).padStart(7, "0")}`);
  await dropAndConfirm(page, ids.map((id) => `https://youtu.be/${id}`).join("\n"));
  await page.waitForTimeout(150);
  await page.screenshot({ path: "screenshots/live-0.png" });
  await page.waitForTimeout(2500);
  await page.screenshot({ path: "screenshots/live-1.png" });
  await page.waitForTimeout(15_000);
  await page.waitForTimeout(500);
  await page.screenshot({ path: "screenshots/live-2.png" });
  await page.locator('[data-youtube-id="KMRK_live01"]').getByRole("link").click();
  await page.getByTestId("chapters").getByRole("button").nth(1).click();
  await page.waitForTimeout(1500);
  await page.screenshot({ path: "screenshots/live-video.png" });
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.waitForTimeout(500);
  await page.screenshot({ path: "screenshots/live-video-phone.png" });
  await page.goto(app.url);
  await page.locator("[data-youtube-id]").first().waitFor();
  await page.waitForTimeout(700);
  await page.screenshot({ path: "screenshots/live-phone.png" });
});
