import type { Page } from "@playwright/test";
import { dropAndConfirm } from "./support/preview";
import { expect, test } from "./support/realApp";
import { recordSocket, wentBack } from "./support/recorder";

/** An upstream in every kind of trouble, and videos of every kind: the real app, yt-dlp and the stand-in. */
const fine = Array.from({ length: 24 }, (_, i) => `CAUT_err${String(i).padStart(3, "0")}`);
const unavailable = {
  PRIV_err001: ["This video is private.", "Dieses Video ist privat."],
  PRDE_err001: ["This video is private.", "Dieses Video ist privat."],
  GONE_err001: ["This video no longer exists.", "Dieses Video gibt es nicht mehr."],
  GOCU_err001: ["This video no longer exists.", "Dieses Video gibt es nicht mehr."],
  MEMB_err001: ["Only for members of the channel.", "Nur für Mitglieder des Kanals."],
  AGED_err001: [
    "Age-restricted. YouTube asks for a sign-in.",
    "Mit Altersgrenze. YouTube verlangt eine Anmeldung.",
  ],
  GEOB_err001: ["Not available in this country.", "In diesem Land nicht verfügbar."],
  PAID_err001: ["This video has to be bought or rented.", "Dieses Video muss gekauft oder geliehen werden."],
} as const;
const later = {
  SOON_err001: ["Premiere", "Premiere"],
  LIVE_err001: ["Live now", "Läuft gerade live"],
  PROC_err001: ["Still being processed", "Wird noch verarbeitet"],
} as const;
/** What looks deleted to one client and is not. */
const misunderstood = ["KIDS_err001", "NOEM_err001"];
const all = [...fine, ...misunderstood, ...Object.keys(unavailable), ...Object.keys(later)];

const technical =
  /HTTP|Exception|Traceback|yt-?dlp|urlopen|Too Many Requests|Error \d|status code|confirm you|Video unavailable|timed out|null|undefined/i;

async function saysNothingTechnical(page: Page) {
  expect(await page.locator("body").innerText()).not.toMatch(technical);
}

const tile = (page: Page, id: string) => page.locator(`[data-youtube-id="${id}"]`);

async function tellsEachReason(page: Page, language: 0 | 1) {
  // The first lines are the newest videos, so these are at the top of a grid that shows a window only.
  for (const [id, sentences] of [...Object.entries(unavailable), ...Object.entries(later)]) {
    await expect(tile(page, id), id).toContainText(sentences[language]);
  }
}

test("an upstream in trouble is one calm line, and no video is lost to it", async ({
  app,
  page,
  browser,
}) => {
  test.setTimeout(180_000);
  const heard = recordSocket(page);
  for (const fault of [
    { kind: "watch", fault: "status_429_retry_after", after: 8, count: 1, retry_after_seconds: 9 },
    { kind: "oembed", fault: "status_500", after: 5, count: 4 },
    { kind: "player", fault: "reset", after: 12, count: 2 },
    { kind: "timedtext", fault: "garbage", after: 3, count: 2 },
    { kind: "timedtext", fault: "bot_check", after: 8, count: 1 },
  ]) {
    await app.standin("faults", "POST", fault);
  }
  await page.setViewportSize({ width: 1600, height: 1400 });
  await app.signIn(page);

  const order = [...Object.keys(unavailable), ...Object.keys(later), ...misunderstood, ...fine];
  const text = order.map((id) => `https://www.youtube.com/watch?v=${id}`).join("\n");
  await dropAndConfirm(page, text);
  await expect(page.getByText(`${all.length} videos added.`)).toBeVisible();

  const line = page.getByTestId("lane-line");
  await expect(line).toContainText(/(Video details|details).* paused (at least )?until .*/, {
    timeout: 30_000,
  });
  await expect(line).toContainText(/videos? (is|are) waiting\. Nothing is lost, it goes on by itself/);
  await saysNothingTechnical(page);

  const summary = page.getByTestId("import-summary").first();
  await expect(summary).toHaveAttribute("data-state", "finished", { timeout: 120_000 });
  const imported = fine.length + misunderstood.length;
  await expect(summary).toContainText(`${imported} videos imported.`);
  await expect(summary).toContainText(`${Object.keys(unavailable).length} not available`);
  await expect(summary).toContainText(`${Object.keys(later).length} come later`);
  await expect(line).toHaveCount(0, { timeout: 15_000 });
  await tellsEachReason(page, 0);
  await saysNothingTechnical(page);
  for (const id of all) expect(wentBack(heard.filter((video) => video.youtube_id === id)), id).toBeNull();

  const german = await browser.newContext({ locale: "de-DE", viewport: { width: 1600, height: 1400 } });
  const zweite = await german.newPage();
  try {
    await zweite.goto(app.url);
    await zweite.getByLabel("Name").fill("owner");
    await zweite.getByLabel("Passwort", { exact: true }).fill(app.password);
    await zweite.getByRole("button", { name: "Anmelden" }).click();
    await tellsEachReason(zweite, 1);
    await saysNothingTechnical(zweite);

    await zweite.goto(`${app.url}/imports`);
    await expect(zweite.getByRole("heading", { level: 1 })).toHaveText("Importe");
    await expect(zweite.locator("main")).toContainText(`${imported} Videos importiert`);
    await expect(zweite.getByTestId("lane-player")).toContainText(/Anfragen/);
    await saysNothingTechnical(zweite);
  } finally {
    await german.close();
  }
});
