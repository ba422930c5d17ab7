import { readFileSync } from "node:fs";
import { confirmButton, preview, previewReady } from "./support/preview";
import { expect, test } from "./support/realApp";
import { zipOf } from "./support/zip";

/** A person brings their playlists along: a Takeout archive, made here, on the real app. */
const idsOf = (name: string, count: number) =>
  Array.from({ length: count }, (_, i) => `CAUT_${name}${String(i).padStart(6 - name.length, "0")}`);
const astronomy = idsOf("ast", 14);
const cooking = idsOf("coo", 9);
const music = idsOf("mus", 6);

const playlist = (ids: readonly string[]) =>
  ["Video ID,Playlist Video Creation Timestamp", ...ids.map((id) => `${id},2024-03-01T10:12:00+00:00`)].join(
    "\n",
  );
const FOLDER = "Takeout/YouTube and YouTube Music";
const archive = zipOf({
  [`${FOLDER}/playlists/Astronomy-videos.csv`]: playlist(astronomy),
  [`${FOLDER}/playlists/Cooking-videos.csv`]: playlist([...cooking, cooking[0] ?? ""]),
  [`${FOLDER}/playlists/Music-videos.csv`]: playlist(music),
});

test("two playlists of a Takeout archive become two lists, without the line that was not wanted", async ({
  app,
  page,
}) => {
  await app.standin("latency", "PUT", { seconds: 1, kinds: ["player"] });
  await app.signIn(page);
  await page
    .locator("body")
    .drop({ files: [{ name: "takeout-1.zip", mimeType: "application/zip", buffer: archive }] });
  await expect(preview(page).getByRole("heading", { name: "Google Takeout, 3 playlists" })).toBeVisible();
  await expect(confirmButton(page)).toHaveText("Import 29 videos");
  await expect(preview(page).getByRole("button", { name: /Given twice/ })).toContainText("1");

  await preview(page)
    .getByRole("checkbox", { name: /^Music/ })
    .uncheck();
  await preview(page)
    .getByRole("switch", { name: /A list for each playlist/ })
    .check();
  const [unwanted = ""] = astronomy.slice(3);
  await preview(page).getByRole("searchbox").fill(unwanted);
  const line = preview(page).getByRole("checkbox", { name: /^Import line/ });
  await expect(line).toHaveCount(1);
  await line.uncheck();
  await previewReady(page);
  await expect(confirmButton(page)).toHaveText("Import 22 videos into 2 lists");
  await confirmButton(page).click();
  await expect(preview(page)).toHaveCount(0);
  await expect(page.getByText(/22 videos added\. 1 was in it twice\./)).toBeVisible();

  const card = page.getByTestId("job-progress-card");
  await page.getByRole("button", { name: /^Pause: / }).click();
  await expect(card).toHaveAttribute("data-state", "paused");
  await page.reload();
  await expect(card).toHaveAttribute("data-state", "paused");
  await page.getByRole("button", { name: /^Resume: / }).click();
  await expect(card).toHaveAttribute("data-state", "running");
  await app.standin("latency", "PUT", { seconds: 0, kinds: ["player"] });

  const summary = page.getByTestId("import-summary").first();
  await expect(summary).toContainText("22 videos imported.", { timeout: 60_000 });
  await summary.getByRole("link", { name: "Details" }).click();
  await expect(page.getByText(/^23 lines were given\./)).toBeVisible();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download as CSV" }).click();
  const report = readFileSync(await (await download).path(), "utf8")
    .trim()
    .split("\r\n");
  expect(report).toHaveLength(24);
  const told = (id: string) => report.filter((line) => line.includes(id)).length;
  for (const id of [...astronomy, ...cooking]) {
    expect([id, told(id) > 0]).toEqual([id, id !== unwanted]);
  }
  for (const id of [...music, unwanted]) expect(told(id)).toBe(0);

  for (const [name, ids] of [
    ["Astronomy", astronomy.filter((id) => id !== unwanted)],
    ["Cooking", cooking],
  ] as const) {
    await page.getByRole("link", { name: new RegExp(`^${name}`) }).click();
    await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
    await expect(page.locator("[aria-setsize]").first()).toHaveAttribute("aria-setsize", String(ids.length));
    // As they stand in the playlist.
    await expect(page.locator("[data-youtube-id]").first()).toHaveAttribute("data-youtube-id", ids[0] ?? "");
  }
});
