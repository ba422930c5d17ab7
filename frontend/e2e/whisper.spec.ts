import { expect, test } from "./support/realApp";

/** The real app, its sound and its transcriber: the stand-in says something, and hears it. */
test.use({ transcriber: true });

const id = "TALK_e2e001";
const words = (text: string) => text.toLowerCase().match(/[a-z']+/g) ?? [];

test("a video without captions becomes searchable while one watches", async ({ app, page }) => {
  await app.standin(`scenario/${id}`, "PUT", {
    captions: "none",
    speech: "slt",
    duration_seconds: 30,
    chapters: "none",
  });
  // Long enough that the video goes on without its captions, and somebody opens it.
  await app.standin("latency", "PUT", { seconds: 6, kinds: ["groq"] });
  await app.signIn(page);
  const link = `https://www.youtube.com/watch?v=${id}`;
  await page.locator("body").drop({ data: { "text/plain": link } });
  const tile = page.locator(`[data-youtube-id="${id}"]`);
  await expect(tile).toHaveAttribute("data-state", "captions_later", { timeout: 60_000 });
  await expect(tile.getByText("Captions are being made")).toBeAttached();

  await tile.getByRole("link").click();
  await expect(page.getByTestId("no-transcript")).toHaveAttribute("data-why", "making");
  await app.standin("latency", "PUT", { seconds: 0, kinds: ["groq"] });

  // Nobody loads the page again.
  const transcript = page.getByTestId("transcript");
  await expect(transcript).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText("Captions made by Whisper")).toBeVisible();
  const spoken = await app.standin<{ text: string }[]>(`spoken/${id}`);
  const wanted = words(spoken[0]?.text ?? "").find((word) => word.length > 5) ?? "";
  const search = page.getByRole("searchbox", { name: "Search in the transcript" });
  await search.fill(wanted);
  await expect(transcript.locator("mark[data-match=current]")).toHaveText(new RegExp(wanted, "i"));
  const { total } = await app.standin<{ total: Record<string, number> }>("counts");
  expect(total.groq).toBe(1);

  await page.goBack();
  await expect(tile).toHaveAttribute("data-state", "complete");
});

test("captions that are not wanted after all are stopped, and can be made later", async ({ app, page }) => {
  const other = "TALK_e2e002";
  await app.standin(`scenario/${other}`, "PUT", { captions: "none", speech: "slt", duration_seconds: 20 });
  await app.standin("latency", "PUT", { seconds: 6, kinds: ["groq"] });
  await app.signIn(page);
  await page.locator("body").drop({ data: { "text/plain": `https://youtu.be/${other}` } });
  const tile = page.locator(`[data-youtube-id="${other}"]`);
  await expect(tile).toHaveAttribute("data-state", "captions_later", { timeout: 60_000 });
  await tile.getByRole("link").click();
  const panel = page.getByTestId("no-transcript");
  await panel.getByRole("button", { name: "Don’t make them after all" }).click();
  await expect(panel).toHaveAttribute("data-why", "none");

  await app.standin("latency", "PUT", { seconds: 0, kinds: ["groq"] });
  await panel.getByRole("button", { name: "Make captions now" }).click();
  await expect(page.getByTestId("transcript")).toBeVisible({ timeout: 60_000 });
});
