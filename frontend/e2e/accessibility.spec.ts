import AxeBuilder from "@axe-core/playwright";
import { type Browser, expect, test } from "@playwright/test";
import { fitsTheWindow } from "./support/library";
import { bring, STATES } from "./support/states";
import type { State } from "./support/states/scene";

/** axe on every state of every page, in both themes, on a phone and on a desk. */
const SIZES = [
  { width: 360, height: 740 },
  { width: 1280, height: 860 },
];

/** What axe does not know of menus: they are beside all landmarks, and the arrow keys scroll them. */
const OPEN_MENU = { region: { enabled: false }, "scrollable-region-focusable": { enabled: false } };

async function look(browser: Browser, state: State, viewport: (typeof SIZES)[number]): Promise<string[]> {
  const found: string[] = [];
  const context = await browser.newContext({
    locale: "en-GB",
    viewport,
    hasTouch: viewport.width < 600,
    colorScheme: "light",
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  await bring(page, state, "en");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    // Without another page to gather the results of frames: the only one is the player, which is not ours.
    const axe = new AxeBuilder({ page }).exclude("iframe").setLegacyMode(true);
    // All of axe's rules of WCAG 2.0 to 2.2, A and AA, and its best practices; the dark theme is other
    // colours and nothing else.
    if (colorScheme === "dark") axe.withRules(["color-contrast", "link-in-text-block"]);
    else axe.options({ rules: { "target-size": { enabled: true }, ...(state.menu && OPEN_MENU) } });
    const { violations } = await axe.analyze();
    for (const { id, nodes } of violations) {
      const where = `${viewport.width} px, ${colorScheme}: ${id}`;
      found.push(...nodes.map((node) => `${where} ${node.html.slice(0, 250)} ${node.failureSummary ?? ""}`));
    }
  }
  if (!(await fitsTheWindow(page))) found.push(`${viewport.width} px: wider than the window`);
  await context.close();
  return found;
}

for (const state of STATES.filter(({ pictureOnly }) => !pictureOnly)) {
  test(`axe finds nothing in ${state.name}, in both themes and sizes`, async ({ browser }) => {
    const found = await Promise.all(SIZES.map((size) => look(browser, state, size)));
    expect(found.flat()).toEqual([]);
  });
}
