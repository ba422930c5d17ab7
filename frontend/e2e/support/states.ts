import type { Page } from "@playwright/test";
import { de as captionsDe } from "../../src/lib/i18n/captions/de";
import { en as captionsEn } from "../../src/lib/i18n/captions/en";
import { de } from "../../src/lib/i18n/de";
import { en } from "../../src/lib/i18n/en";
import { de as entryDe } from "../../src/lib/i18n/entry/de";
import { en as entryEn } from "../../src/lib/i18n/entry/en";
import { de as gridDe } from "../../src/lib/i18n/grid/de";
import { en as gridEn } from "../../src/lib/i18n/grid/en";
import { de as importsDe } from "../../src/lib/i18n/imports/de";
import { en as importsEn } from "../../src/lib/i18n/imports/en";
import { de as previewDe } from "../../src/lib/i18n/preview/de";
import { en as previewEn } from "../../src/lib/i18n/preview/en";
import { de as searchDe } from "../../src/lib/i18n/search/de";
import { en as searchEn } from "../../src/lib/i18n/search/en";
import { de as toolsDe } from "../../src/lib/i18n/tools/de";
import { en as toolsEn } from "../../src/lib/i18n/tools/en";
import { de as watchDe } from "../../src/lib/i18n/watch/de";
import { en as watchEn } from "../../src/lib/i18n/watch/en";
import { fakeBackend } from "./fakeBackend";
import { home, mixed } from "./library";
import { entryStates } from "./states/entry";
import { gridStates } from "./states/grid";
import { importStates } from "./states/imports";
import { lifeStates } from "./states/life";
import { previewStates } from "./states/preview";
import type { Language, State } from "./states/scene";
import { searchStates } from "./states/search";
import { soundStates } from "./states/sound";
import { videoStates } from "./states/video";

/**
 * Every state of every page, one entry each: brought about on the made-up backend, in any language. Looked at
 * by people (states.shots.ts) and by axe (accessibility.spec.ts).
 */
export const STATES: State[] = [
  ...entryStates,
  ...gridStates,
  ...previewStates,
  ...importStates,
  ...lifeStates,
  ...searchStates,
  ...videoStates,
  ...soundStates,
];

/** The texts of all parts: each is looked through in turn, as each knows some words of its own. */
const TEXTS: Record<Language, object[]> = {
  en: [en, entryEn, gridEn, importsEn, previewEn, searchEn, toolsEn, captionsEn, watchEn],
  de: [de, entryDe, gridDe, importsDe, previewDe, searchDe, toolsDe, captionsDe, watchDe],
};

function wordsOf(language: Language) {
  return (key: string) => {
    const [text] = TEXTS[language].map((part) => textAt(part, key)).filter((found) => found !== undefined);
    if (text === undefined) throw new Error(`no text ${key}`);
    const parts = text.split(/\{\{.*?\}\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${parts.join(".*")}$`);
  };
}

function textAt(texts: object, key: string): string | undefined {
  let found: unknown = texts;
  for (const part of key.split(".")) found = (found as Record<string, unknown> | undefined)?.[part];
  return typeof found === "string" ? found : undefined;
}

/** Opens a page in a state. The page must be new: the backend is made up in its network layer. */
export async function bring(page: Page, state: State, language: Language): Promise<void> {
  page.setDefaultTimeout(10_000);
  if (state.preferences) {
    await page.addInitScript((preferences) => {
      const kept = { state: preferences, version: 0 };
      localStorage.setItem("videothek.preferences", JSON.stringify(kept));
    }, state.preferences);
  }
  const backend = await fakeBackend(page, state.backend?.() ?? { videos: mixed() });
  await page.goto(home + (state.path ?? "/"));
  const narrow = (page.viewportSize()?.width ?? 0) < 640;
  try {
    await state.show?.({ page, backend, words: wordsOf(language), narrow });
    // Some of what is waited for is there before the page itself is.
    await page.locator("main").first().waitFor();
  } catch (cause) {
    throw new Error(`${state.name}: ${cause instanceof Error ? cause.message : cause}`);
  }
  if (state.preferences) await page.evaluate(() => localStorage.removeItem("videothek.preferences"));
}
