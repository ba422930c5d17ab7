import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { fitsTheWindow } from "./support/library";
import { bring, STATES } from "./support/states";

/** axe on every state of every page, in both themes, on a phone and on a desk. */
for (const width of [360, 1280]) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`axe finds nothing in any state in ${colorScheme} at ${width} px`, async ({ browser }) => {
      const found: string[] = [];
      const context = await browser.newContext({
        locale: "en-GB",
        viewport: { width, height: width < 1000 ? 740 : 860 },
        colorScheme,
        reducedMotion: "reduce",
      });
      for (const state of STATES) {
        const page = await context.newPage();
        await bring(page, state, "en");
        const { violations } = await new AxeBuilder({ page })
          .exclude("iframe")
          // All of axe's rules of WCAG 2.0 to 2.2, A and AA, and its best practices.
          .options({ rules: { "target-size": { enabled: true } } })
          .analyze();
        for (const { id, nodes } of violations) {
          found.push(...nodes.map((node) => `${state.name}: ${id} ${node.html.slice(0, 200)}`));
        }
        if (!(await fitsTheWindow(page))) found.push(`${state.name}: is wider than the window`);
        await page.close();
      }
      await context.close();
      expect(found).toEqual([]);
    });
  }
}
