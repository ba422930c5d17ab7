import AxeBuilder from "@axe-core/playwright";
import { type Browser, expect, test } from "@playwright/test";
import { fitsTheWindow } from "./support/library";
import { bring, STATES } from "./support/states";
import type { State } from "./support/states/scene";

/**
 * axe on every state of every page, in turn on a phone in the dark and on a desk in the light. Colours and
 * parts are shared by the states, so each of them is met in both looks; each state in each would take the
 * whole of a test run's patience.
 */
const LOOKS = [
  { width: 360, height: 740, colorScheme: "dark" },
  { width: 1280, height: 860, colorScheme: "light" },
] as const;

/** What axe does not know of menus: they are beside all landmarks, and the arrow keys scroll them. */
const OPEN_MENU = { region: { enabled: false }, "scrollable-region-focusable": { enabled: false } };

async function look(browser: Browser, state: State, how: (typeof LOOKS)[number]): Promise<string[]> {
  const { colorScheme, ...viewport } = how;
  const context = await browser.newContext({
    locale: "en-GB",
    viewport,
    hasTouch: viewport.width < 600,
    colorScheme,
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  await bring(page, state, "en");
  // All of axe's rules of WCAG 2.0 to 2.2, A and AA, and its best practices. Without another page to gather
  // the results of frames: the only one is the player, which is not ours.
  const axe = new AxeBuilder({ page }).exclude("iframe").setLegacyMode(true);
  axe.options({
    rules: { "target-size": { enabled: true }, ...(state.menu && OPEN_MENU) },
    // What is in order is not carried over element by element.
    resultTypes: ["violations"],
  });
  const { violations } = await axe.analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(
      (node) =>
        `${viewport.width} px, ${colorScheme}: ${id} ${node.html.slice(0, 250)} ${node.failureSummary ?? ""}`,
    ),
  );
  if (!(await fitsTheWindow(page))) found.push(`${viewport.width} px: wider than the window`);
  await context.close();
  return found;
}

STATES.filter(({ pictureOnly }) => !pictureOnly).forEach((state, index) => {
  const how = LOOKS[(index % LOOKS.length) as 0 | 1];
  test(`axe finds nothing in ${state.name}, ${how.width} px, ${how.colorScheme}`, async ({ browser }) => {
    expect(await look(browser, state, how)).toEqual([]);
  });
});
