import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { fitsTheWindow } from "./support/library";
import { bring, STATES } from "./support/states";

/** axe on every state of every page, in both themes, on a phone and on a desk. */
// Traces of so many pages would cost more than the looking.
test.use({ trace: "off" });
const THEMES = ["light", "dark"] as const;

for (const width of [360, 1280]) {
  test(`axe finds nothing in any state, in both themes, at ${width} px`, async ({ browser }) => {
    const found: string[] = [];
    const context = await browser.newContext({
      locale: "en-GB",
      viewport: { width, height: width < 1000 ? 740 : 860 },
      hasTouch: width < 600,
      reducedMotion: "reduce",
    });
    for (const state of STATES) {
      const page = await context.newPage();
      await page.emulateMedia({ colorScheme: "light" });
      await bring(page, state, "en").catch((cause: Error) => found.push(cause.message));
      for (const colorScheme of THEMES) {
        await page.emulateMedia({ colorScheme });
        const axe = new AxeBuilder({ page }).exclude("iframe");
        // All of axe's rules of WCAG 2.0 to 2.2, A and AA, and its best practices; the dark theme is other
        // colours and nothing else.
        if (colorScheme === "dark") axe.withRules(["color-contrast", "link-in-text-block"]);
        else axe.options({ rules: { "target-size": { enabled: true }, region: { enabled: !state.menu } } });
        const { violations } = await axe.analyze();
        for (const { id, nodes } of violations) {
          const where = `${state.name}, ${colorScheme}: ${id}`;
          found.push(...nodes.map((node) => `${where} ${node.html.slice(0, 200)}`));
        }
      }
      if (!(await fitsTheWindow(page))) found.push(`${state.name}: is wider than the window`);
      await page.close();
    }
    await context.close();
    expect(found).toEqual([]);
  });
}
