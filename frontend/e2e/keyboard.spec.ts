import type { Locator, Page } from "@playwright/test";
import { heard, listen } from "./support/ears";
import { confirmButton, preview, previewReady } from "./support/preview";
import { expect, test } from "./support/realApp";

/** The whole import on the real app, with nothing but keys, and what ears hear of it. */
const COUNT = 16;
const ids = Array.from({ length: COUNT }, (_, i) => `KEYB_${String(i).padStart(6, "0")}`);

/** Somebody who looks at the page sees where they are: an outline, on the element or around its whole tile. */
async function expectFocusSeen(page: Page) {
  // What goes while it has the focus hands it on, a moment later.
  const seen = () =>
    page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return "nothing has the focus";
      if (!element.matches(":focus-visible")) return `not visible: ${element.outerHTML.slice(0, 200)}`;
      const around = [null, "::after", "::before"].map((part) => getComputedStyle(element, part));
      const drawn = around.some(
        ({ outlineStyle, outlineWidth, boxShadow, content }, i) =>
          (i === 0 || content !== "none") &&
          ((outlineStyle !== "none" && Number.parseFloat(outlineWidth) > 0) || boxShadow !== "none"),
      );
      if (!drawn) return `without a mark: ${element.outerHTML.slice(0, 200)}`;
      const { width, height, bottom, top } = element.getBoundingClientRect();
      if (width < 1 || height < 1 || bottom < 0 || top > window.innerHeight) {
        return `out of sight: ${element.outerHTML.slice(0, 200)}`;
      }
      return null;
    });
  await expect.poll(seen, { timeout: 1000 }).toBeNull();
}

/** Tab by Tab, each of them visible, until something has the focus. */
async function tabTo(page: Page, target: Locator, key = "Tab") {
  for (let i = 0; i < 80; i += 1) {
    const there = await target.evaluateAll((elements) =>
      elements.some((element) => element === document.activeElement),
    );
    if (there) return;
    await page.keyboard.press(key);
    // After the page's last element comes the browser's own, and then the first one again.
    const left = () => page.evaluate(() => document.activeElement === document.body);
    if (await left()) continue;
    // A step that ends in this moment takes its button along: the next Tab goes on from there.
    await expectFocusSeen(page).catch(async (cause) => {
      if (!(await left())) throw cause;
    });
  }
  throw new Error(`80 times ${key} do not lead to ${target}`);
}

test("an import from the sign-in to its summary needs no pointer", async ({ app, page }) => {
  await listen(page);
  // Slow enough to meet the import's controls on the way.
  await app.standin("latency", "PUT", { seconds: 4, kinds: ["player"] });
  await page.goto(app.url);
  await page.getByRole("button", { name: "Sign in" }).waitFor();
  await tabTo(page, page.getByLabel("Name"));
  await page.keyboard.type("owner");
  await tabTo(page, page.getByLabel("Password", { exact: true }));
  await page.keyboard.type(app.password);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Add links" }).first().waitFor();

  await page.keyboard.press("n");
  const dialog = page.getByRole("dialog", { name: "Add links" });
  await expect(dialog.getByRole("textbox")).toBeFocused();
  for (const id of ids) {
    await page.keyboard.type(`https://youtu.be/${id}`);
    await page.keyboard.press("Enter");
  }
  await tabTo(page, dialog.getByRole("button", { name: /^Preview \d+ videos$/ }));
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);

  // So many are looked at first; whoever has seen enough goes on with Enter.
  await previewReady(page);
  await expect(confirmButton(page)).toBeFocused();
  await expect.poll(() => heard(page)).toContain(`${COUNT} new videos`);
  const boxes = preview(page).getByRole("checkbox", { name: /^Import line/ });
  await tabTo(page, boxes.first());
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  await expect(boxes.nth(1)).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Space");
  await tabTo(page, confirmButton(page));
  await page.keyboard.press("Enter");
  await expect(preview(page)).toHaveCount(0);
  const tile = (index: number) => page.locator(`[data-youtube-id="${ids[index]}"]`);
  await expect(tile(0)).toBeVisible();

  // The import's own controls, while it runs.
  const card = page.getByTestId("job-progress-card").first();
  await expect(card).toBeVisible();
  await tabTo(page, card.getByRole("button", { name: /^Pause/ }).first());
  await page.keyboard.press("Enter");
  await expect(card).toHaveAttribute("data-state", "paused");
  await expectFocusSeen(page);
  // Where the focus is already, unless another import ended in this moment and the cards are drawn anew.
  await tabTo(page, card.getByRole("button", { name: /^Resume/ }).first());
  await page.keyboard.press("Enter");
  await expect(card).toHaveAttribute("data-state", "running");
  await app.standin("latency", "PUT", { seconds: 0, kinds: ["player"] });

  // To a tile, along the grid, into it and back.
  await expect(tile(0).getByRole("link")).toBeAttached({ timeout: 60_000 });
  await expect(tile(1).getByRole("link")).toBeAttached({ timeout: 60_000 });
  await page.keyboard.press("Tab");
  await tabTo(page, tile(0).locator("[data-tile-focus]"));
  await page.keyboard.press("ArrowRight");
  await expect(tile(1).locator("[data-tile-focus]")).toBeFocused();
  await expectFocusSeen(page);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/videos\//);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await tabTo(page, page.getByRole("link", { name: "Back to the list" }).first());
  await page.keyboard.press("Enter");
  await expect(tile(0)).toBeVisible();

  // The end, where it is said, and its page with every line.
  for (const index of [0, 1, 2]) {
    await expect(tile(index)).toHaveAttribute("data-stage", "complete", { timeout: 90_000 });
  }
  const summary = page.getByTestId("import-summary").first();
  await expect(summary).toContainText(`${COUNT} videos imported`, { timeout: 90_000 });
  await tabTo(page, summary.getByRole("link", { name: "Details" }));
  // Out of the notices the way leads on, not back to where it came from.
  await tabTo(page, page.getByRole("link", { name: "To the content" }));
  await tabTo(page, summary.getByRole("link", { name: "Details" }));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/imports\/[^/]+$/);
  await expect(page.locator("main")).toContainText(`${COUNT} lines were given`);
  await tabTo(page, page.getByRole("button", { name: /CSV|Download/ }).first());

  const said = await heard(page);
  console.log(said.join("\n"));
  const times = (pattern: RegExp) => said.filter((text) => pattern.test(text)).length;
  expect(times(/Import of 16 videos started/)).toBe(1);
  expect(times(/Import of 16 videos finished/)).toBe(1);
  expect(times(/Import of 16 videos paused/)).toBe(1);
  expect(times(/Import of 16 videos goes on/)).toBe(1);
  expect(said.filter((text) => /\d\s?%|percent/.test(text))).toEqual([]);
  expect(said.length, said.join("\n")).toBeLessThan(14);
});
