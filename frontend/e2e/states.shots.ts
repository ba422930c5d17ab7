import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { test } from "@playwright/test";
import { bring, STATES } from "./support/states";
import type { Language } from "./support/states/scene";

/** Every state of every page as a picture, for human eyes: `<state>-<width>-<theme>-<language>.png`. */
const FOLDER = "screenshots/states";
const SIZES = [
  [360, 740],
  [1440, 900],
] as const;
const THEMES = ["light", "dark"] as const;
const LANGUAGES: Language[] = ["en", "de"];
const LOCALES = { en: "en-GB", de: "de-DE" };
/** Some states only, while they are being designed: `VIDEOTHEK_STATE=banner,offline make screenshots`. */
const only = process.env.VIDEOTHEK_STATE;
const states = STATES.filter(({ name }) => !only || only.split(",").includes(name));

const variants = LANGUAGES.flatMap((language) =>
  THEMES.flatMap((theme) =>
    SIZES.map(([width, height]) => ({
      language,
      theme,
      width,
      height,
      name: `${width}-${theme}-${language}`,
    })),
  ),
);

test.describe.configure({ timeout: 600_000 });
test.use({ trace: "off" });

mkdirSync(FOLDER, { recursive: true });

for (const { language, theme, width, height, name } of variants) {
  test(name, async ({ browser }) => {
    const missing: string[] = [];
    for (const state of states) {
      // A browser of its own: nothing is remembered from the state before.
      const page = await browser.newPage({
        locale: LOCALES[language],
        colorScheme: theme,
        viewport: { width, height },
        hasTouch: width < 600,
      });
      await bring(page, state, language).catch((cause: Error) => missing.push(cause.message));
      if (state.whole) {
        // A window as high as the page: what is fixed to its foot stays there.
        const whole = await page.evaluate(() => document.documentElement.scrollHeight);
        await page.setViewportSize({ width, height: Math.max(height, whole) });
      }
      await page.waitForTimeout(400);
      await page.screenshot({ path: `${FOLDER}/${state.name}-${name}.png` });
      await page.close();
    }
    if (missing.length > 0) throw new Error(missing.join("\n"));
  });
}

/** All states of one variant on one sheet, and all pictures on one page to leaf through. */
test("sheets", async ({ browser }) => {
  const files = readdirSync(FOLDER).filter((file) => !file.startsWith("sheet-"));
  const figure = (file: string, caption: string, size: number) =>
    `<figure><a href="${file}"><img src="${file}" style="width:${size}px" loading="lazy"></a><figcaption>${caption}</figcaption></figure>`;
  const style =
    "<style>body{font:13px sans-serif;background:#888;margin:12px}main{display:flex;flex-wrap:wrap;gap:12px}figure{margin:0}img{display:block;max-height:520px;object-fit:cover;object-position:top}h2{margin:24px 0 8px}</style>";
  const page = await browser.newPage({ viewport: { width: 2400, height: 1000 } });
  for (const { name, width } of variants) {
    const mine = STATES.filter((state) => files.includes(`${state.name}-${name}.png`));
    if (mine.length === 0) continue;
    const figures = mine.map((state) =>
      figure(`${state.name}-${name}.png`, state.name, width < 1000 ? 220 : 465),
    );
    writeFileSync(
      `${FOLDER}/sheet.html`,
      `${style}<main>${figures.join("").replaceAll("lazy", "eager")}</main>`,
    );
    await page.goto(`file://${resolve(FOLDER, "sheet.html")}`);
    await page.screenshot({ path: `${FOLDER}/sheet-${name}.png`, fullPage: true });
  }
  await page.close();
  const rows = STATES.map((state) => {
    const figures = variants
      .map((variant) => ({ variant, file: `${state.name}-${variant.name}.png` }))
      .filter(({ file }) => existsSync(`${FOLDER}/${file}`))
      .map(({ variant, file }) => figure(file, variant.name, variant.width < 1000 ? 140 : 420));
    return `<h2>${state.name}</h2><main>${figures.join("")}</main>`;
  });
  writeFileSync(`${FOLDER}/index.html`, `<!doctype html><meta charset="utf-8">${style}${rows.join("\n")}`);
  rmSync(`${FOLDER}/sheet.html`, { force: true });
});
