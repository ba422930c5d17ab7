import type { SavedSearch } from "../../../src/types/search";
import { library } from "../library";
import { heading, type Scene, type State } from "./scene";

const kept: SavedSearch[] = [
  { id: "s1", name: "Feuer und Licht", query: "Feuer Licht", filters: { language: "de" }, sort: "relevance" },
  { id: "s2", name: "Lighthouses, newest first", query: "lighthouse*", filters: {}, sort: "newest" },
];

/** Something of every kind: titles in several scripts, tags, languages, lists. */
export const searchLibrary = () =>
  library(60, (i) => ({
    list_id: i % 3 === 0 ? "l2" : "l1",
    language: ["en", "de", "en", "ar", "ja"][i % 5] ?? null,
    tags: i % 4 === 0 ? ["sea", "light"] : [],
    published_at: new Date(Date.UTC(2025 - (i % 4), i % 12, 3)).toISOString(),
    ...(i === 3 && { title: "منارة الإسكندرية: النار التي أرشدت السفن" }),
    ...(i === 4 && { title: "灯台の火 <b>光</b> & fire" }),
  }));

const results = ({ page }: Scene) => page.getByTestId("search-results").waitFor();
const backend = () => ({ videos: searchLibrary(), savedSearches: kept });

/** The search and what it finds. */
export const searchStates: State[] = [
  { name: "search-start", path: "/search", backend: () => ({ videos: searchLibrary() }), show: heading },
  {
    name: "search-results",
    path: "/search?q=fire",
    backend,
    show: async (scene) => {
      await results(scene);
      await scene.page.keyboard.press("j");
      await scene.page.keyboard.press("ArrowDown");
    },
  },
  {
    name: "search-filtered",
    path: "/search?q=fire&list=l1&channel=Harbour+Light&after=2024-01-01&before=2024-12-31&language=en&sort=longest",
    backend: () => ({
      videos: searchLibrary().map((one, i) =>
        i === 20 ? { ...one, published_at: "2024-05-05T00:00:00Z" } : one,
      ),
      savedSearches: kept,
    }),
    show: results,
  },
  {
    name: "search-filter",
    path: "/search?q=fire",
    backend,
    show: async (scene) => {
      await results(scene);
      await scene.page.getByRole("button", { name: scene.words("search.filter_date"), exact: true }).click();
      await scene.page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "search-none",
    path: `/search?q=${encodeURIComponent('"keeper of the lamp" -storm')}&channel=Field+Notes&language=de`,
    backend,
    show: ({ page, words }) => page.getByRole("heading", { name: words("search.noneTitle") }).waitFor(),
  },
  {
    name: "search-kept",
    path: "/search",
    backend,
    show: async ({ page, words }) => {
      await page.locator("main").waitFor();
      await page.evaluate(() => {
        const state = { recent: ["the wrong hill", '"behind glass"', "ماء"] };
        localStorage.setItem("videothek.searches", JSON.stringify({ state, version: 0 }));
      });
      await page.reload();
      await page.getByRole("heading", { name: words("search.recent") }).waitFor();
    },
  },
  {
    name: "search-relaxed",
    path: "/search?q=light+of+zeppelins",
    backend,
    pictureOnly: true,
    show: results,
  },
];
