import { asker, expect, test } from "./support/realApp";

/** From a sentence to its second, on the real app: three videos with captions, in two languages. */
const ids = ["FIND_e2e001", "FIND_e2e002", "FIND_e2e003"];

interface Cue {
  start_seconds: number;
  text: string;
}

test("a sentence is searched, clicked, and the player is asked for its second", async ({ app, page }) => {
  for (const [i, id] of ids.entries()) {
    await app.standin(`scenario/${id}`, "PUT", {
      captions: "manual",
      language: i === 0 ? "de" : "en",
      chapters: "markers",
      duration_seconds: 900,
    });
  }
  await app.signIn(page);
  await page
    .locator("body")
    .drop({ data: { "text/plain": ids.map((id) => `https://youtu.be/${id}`).join("\n") } });
  for (const id of ids) {
    await expect(page.locator(`[data-youtube-id="${id}"]`)).toHaveAttribute("data-stage", "complete", {
      timeout: 60_000,
    });
  }
  const ask = await asker(app);
  const { items } = await ask<{ items: { id: string; youtube_id: string }[] }>(
    `/lists/${page.url().split("/").at(-1)}/videos`,
  );
  const video = items.find(({ youtube_id }) => youtube_id === ids[1]);
  if (!video) throw new Error("the video is not in its list");
  const { captions } = await ask<{ captions: { cues: Cue[] } }>(`/videos/${video.id}/enrichment`);
  // Somewhere in the middle, over the end of a line: as somebody remembers it.
  const middle = Math.floor(captions.cues.length / 2);
  const [line, next] = captions.cues.slice(middle);
  if (!line || !next) throw new Error("the stand-in's video has too few captions");
  const words = `${line.text} ${next.text}`.split(/\s+/);
  const sentence = words.slice(0, line.text.split(/\s+/).length + 2).join(" ");

  await page.keyboard.press("/");
  await page.keyboard.type(`"${sentence.replaceAll('"', "")}"`);
  const moment = page
    .getByRole("article")
    .filter({ has: page.locator(`a[href*="${video.id}"]`) })
    .locator(`[data-line=moment][href*="t=${Number(line.start_seconds.toFixed(2))}&"]`);
  await expect(moment).toBeVisible();
  await expect(moment.locator("mark").first()).toBeVisible();
  await moment.click();

  await expect(page).toHaveURL(new RegExp(`/videos/${video.id}\\?t=`));
  await expect(page.locator("iframe")).toHaveAttribute(
    "src",
    new RegExp(`[?&]start=${Math.floor(line.start_seconds)}(&|$)`),
  );
  const spoken = page.getByTestId("transcript").locator(`[data-cue="${middle}"]`);
  await expect(spoken).toContainText(line.text.split(/\s+/).slice(0, 3).join(" "));
  await expect(spoken).toBeInViewport();
  await expect(spoken.locator("mark").first()).toBeVisible();

  // In the language of its captions, in another form than it was said, and in no other language.
  await page.goBack();
  await expect(moment).toBeVisible();
  await page.getByRole("button", { name: "Language", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "German" }).click();
  await expect(page.getByRole("heading", { name: "Nothing found" })).toBeVisible();
  await page.getByRole("button", { name: /^Without “Language: German” 1 video$/ }).click();
  await expect(moment).toBeVisible();
});
