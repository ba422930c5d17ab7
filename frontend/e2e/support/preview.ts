import { expect, type Locator, type Page } from "@playwright/test";

export const preview = (page: Page): Locator => page.getByTestId("preview");
export const confirmButton = (page: Page): Locator => page.getByTestId("confirm-import");

/** The server has answered with these choices. */
export async function previewReady(page: Page): Promise<void> {
  await expect(preview(page)).toHaveAttribute("data-state", "ready");
}

/** What is more than a few links is shown before it is stored: looks at it and says yes. */
export async function confirmPreview(page: Page): Promise<void> {
  await previewReady(page);
  await confirmButton(page).click();
  await expect(preview(page)).toHaveCount(0);
}

/** A drop of text that is looked at first. */
export async function dropAndConfirm(page: Page, text: string): Promise<void> {
  await page.locator("body").drop({ data: { "text/plain": text } });
  await confirmPreview(page);
}
