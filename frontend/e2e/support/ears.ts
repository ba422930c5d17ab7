import type { Page } from "@playwright/test";

/** What a screen reader is told: every new text of every live region, in order. */
declare global {
  interface Window {
    said?: string[];
  }
}

/** Must be installed before the page is opened. */
export async function listen(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const said: string[] = [];
    window.said = said;
    const REGIONS = "[aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log], output";
    const last = new WeakMap<Element, string>();
    /** What eyes alone see is not read. */
    const textOf = (region: Element): string => {
      const copy = region.cloneNode(true) as Element;
      for (const hidden of copy.querySelectorAll("[aria-hidden=true], [hidden], button")) hidden.remove();
      return (copy.textContent ?? "").replace(/\s+/g, " ").trim();
    };
    new MutationObserver(() => {
      for (const region of document.querySelectorAll(REGIONS)) {
        const text = textOf(region);
        const before = last.get(region);
        last.set(region, text);
        if (text !== "" && text !== before) said.push(text);
      }
    }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  });
}

export const heard = (page: Page): Promise<string[]> => page.evaluate(() => window.said ?? []);
