import { readFileSync } from "node:fs";
import { dropAndConfirm } from "./support/preview";
import { expect, test } from "./support/realApp";

/** Pause, cancel and report of an import in the real app, on a slow upstream. */
const LINES = 40;
const ids = Array.from({ length: LINES }, (_, i) => `CAUT_ctl${String(i).padStart(3, "0")}`);

test("an import is held, goes on, is cancelled and resumed, and every line is accounted for", async ({
  app,
  page,
  context,
}) => {
  await app.standin("latency", "PUT", { seconds: 2, kinds: ["player"] });
  await app.signIn(page);
  const links = ids.map((id) => `https://youtu.be/${id}`);
  const text = [...links, links[0], "no link"].join("\n");
  await dropAndConfirm(page, text);
  const card = page.getByTestId("job-progress-card");
  await expect(card).toHaveAttribute("data-state", "running");
  const count = () => card.getByRole("button").first().innerText();

  await page.getByRole("button", { name: /^Pause: / }).click();
  await expect(card).toHaveAttribute("data-state", "paused");
  const second = await context.newPage();
  await second.goto(app.url);
  await expect(second.getByTestId("job-progress-card")).toHaveAttribute("data-state", "paused");
  // What was in flight ends its step, and then nothing moves.
  await page.waitForTimeout(5000);
  const before = await count();
  await page.waitForTimeout(4000);
  expect(await count()).toBe(before);
  await page.reload();
  await expect(card).toHaveAttribute("data-state", "paused");
  expect(await count()).toBe(before);

  await page.getByRole("button", { name: /^Resume: / }).click();
  await expect(card).toHaveAttribute("data-state", "running");
  await expect(second.getByTestId("job-progress-card")).toHaveAttribute("data-state", "running");
  await expect.poll(count, { timeout: 30_000 }).not.toBe(before);

  await card.getByRole("button").first().click();
  await page.getByRole("button", { name: "Cancel", exact: true }).click();
  await page.getByRole("button", { name: /^Keep / }).click();
  await expect(card).toHaveCount(0);
  const toast = page.getByTestId("import-summary");
  await expect(toast).toContainText(/cancelled.* stopped\./);
  await expect(second.getByTestId("import-summary")).toContainText(/cancelled/);

  await toast.getByRole("link", { name: "Details" }).click();
  await expect(page.getByText(/^42 lines were given\. .* together they are 42 again\.$/)).toBeVisible();
  const numbers = await page.getByRole("group").getByRole("button").allInnerTexts();
  const [all, ...groups] = numbers.map((words) => Number(/\d+$/.exec(words)?.[0]));
  expect(all).toBe(LINES + 2);
  expect(groups.reduce((sum, one) => sum + one, 0)).toBe(LINES + 2);

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download as CSV" }).click();
  const csv = readFileSync(await (await download).path(), "utf8");
  expect(csv.startsWith("\uFEFF")).toBe(true);
  expect(csv.trim().split("\r\n")).toHaveLength(LINES + 3);

  await app.standin("latency", "PUT", { seconds: 0, kinds: ["player"] });
  await page.getByRole("button", { name: "Resume", exact: true }).click();
  await expect(page.getByTestId("import-state")).toContainText("Finished", { timeout: 60_000 });
  await expect(page.getByRole("group").getByRole("button", { name: /^Stopped/ })).toHaveCount(0);
  await expect(page.getByTestId("import-items").getByText("Imported").first()).toBeVisible();
  await expect(page.getByTestId("import-items").getByText("Importing")).toHaveCount(0);
});
