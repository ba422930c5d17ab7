import { expect, type Page, test } from "@playwright/test";
import { type FakeState, fakeBackend } from "./support/fakeBackend";
import { home, library, tiles } from "./support/library";
import { searchLibrary } from "./support/states/search";

const field = (page: Page) => page.getByRole("searchbox", { name: "Search every spoken word" });
const results = (page: Page) => page.getByTestId("search-results");
const videos = (page: Page) => results(page).getByRole("article");
const chip = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
/** What the player in its frame says of itself. */
const player = (page: Page) => page.frameLocator("iframe").locator("#clock");
const option = (page: Page, name: string) => page.getByRole("dialog").getByRole("button", { name });

async function open(page: Page, path = "/search", changes: Partial<FakeState> = {}) {
  const asked: URLSearchParams[] = [];
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.pathname === "/api/search") asked.push(url.searchParams);
  });
  const backend = await fakeBackend(page, { videos: searchLibrary(), ...changes });
  await page.goto(home + path);
  return { ...backend, asked };
}

test("a sentence is typed from anywhere, found while it is typed, and leads to its second", async ({
  page,
}) => {
  const { asked } = await open(page, "/");
  await expect(tiles(page).first()).toBeVisible();
  // Without waiting for the field: no letter is lost, and `n` adds no links.
  await page.keyboard.press("/");
  await page.keyboard.type("the wrong hill and the night");
  await expect(field(page)).toBeFocused();
  await expect(field(page)).toHaveValue("the wrong hill and the night");
  await field(page).fill("wrong hill");
  await expect(page).toHaveURL(/\/search\?q=wrong\+hill$/);
  await expect(videos(page).first().locator("mark").filter({ hasText: "wrong" })).toBeVisible();
  // Not one question for each letter.
  expect(asked.length).toBeLessThan(6);

  await videos(page)
    .first()
    .getByRole("link", { name: /fire on the wrong hill/ })
    .click();
  await expect(page).toHaveURL(/\/videos\/v0\?t=106\.4&q=wrong\+hill$/);
  // It was clicked, so it plays. Somebody who only comes back to the address is asked first.
  await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
  await expect(player(page)).toHaveText(/^1:(4[6-9]|5\d) \//);
  await page.reload();
  await expect(player(page)).toHaveText(/^1:46 \//);
  await expect(page.getByRole("button", { name: "Play", exact: true })).toBeVisible();

  // Back: the same question, the same answers, and it is remembered.
  await page.getByRole("link", { name: "Back to the search" }).click();
  await expect(field(page)).toHaveValue("wrong hill");
  await expect(videos(page).first()).toBeVisible();
  await field(page).fill("");
  await expect(page.getByRole("link", { name: "wrong hill", exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Forget all" }).click();
  await expect(page.getByRole("heading", { name: "Find the sentence, watch the moment" })).toBeVisible();
});

test("old answers stay until the new ones are there, and late ones never come back", async ({ page }) => {
  await open(page, "/search?q=fire");
  await expect(videos(page)).not.toHaveCount(0);
  const before = await videos(page).count();
  let answer = () => {};
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route(/\/api\/search\?q=fire(\+|%20)b&/, async (route) => {
    await held;
    await route.fallback().catch(() => null);
  });
  await field(page).fill("fire b");
  await expect(page).toHaveURL(/q=fire\+b$/);
  await expect(results(page)).toHaveAttribute("aria-busy", "true");
  expect(await videos(page).count()).toBeGreaterThanOrEqual(before);
  await field(page).fill("fire brigade");
  await expect(results(page).locator("mark").filter({ hasText: "brigade" }).first()).toBeVisible();
  const count = await videos(page).count();
  answer();
  await expect(page).toHaveURL(/q=fire\+brigade$/);
  await expect(videos(page)).toHaveCount(count);
});

test("filters are chips that say what they hold, live in the address, and can be dropped", async ({
  page,
}) => {
  const { asked } = await open(page, "/search?q=fire");
  await chip(page, "Language").click();
  await option(page, "English").click();
  await expect(chip(page, "Language: English")).toBeVisible();
  await chip(page, "Published").click();
  await page.keyboard.press("ArrowDown");
  await page.getByRole("dialog").getByLabel("From").fill("2024-01-01");
  await page.getByRole("dialog").getByLabel("To").fill("2024-12-31");
  await page.keyboard.press("Escape");
  await expect(chip(page, "Published: 2024")).toBeVisible();
  await expect(page).toHaveURL(/\/search\?q=fire&after=2024-01-01&before=2024-12-31&language=en$/);
  await page.getByRole("button", { name: "Order: Best match" }).click();
  await page.getByRole("menuitemradio", { name: "Longest first" }).click();
  await expect(page).toHaveURL(/&sort=longest$/);
  await expect.poll(() => asked.at(-1)?.get("sort")).toBe("longest");

  await page.reload();
  await expect(chip(page, "Published: 2024")).toBeVisible();
  await page.getByRole("button", { name: "Without this filter: Published" }).click();
  await expect(page).toHaveURL(/\/search\?q=fire&language=en&sort=longest$/);

  // A tag of a result is a filter, too; without any word they are there to browse.
  await videos(page).getByRole("button", { name: "#sea" }).first().click();
  await expect(chip(page, "Tag: sea")).toBeVisible();
  await field(page).fill("");
  await expect(videos(page).first()).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(page.getByRole("heading", { name: "How to search" })).toBeVisible();
});

test("nothing found says what would help, and by how much", async ({ page }) => {
  await open(
    page,
    `/search?q=${encodeURIComponent('"behind glass" -captain')}&language=de&channel=Backstube+Nord`,
  );
  await expect(page.getByRole("heading", { name: "Nothing found" })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Without any filter/ })).toHaveCount(0);
  await field(page).fill("behind glass");
  await page.getByRole("button", { name: /^Without any filter \d+ videos$/ }).click();
  await expect(page).toHaveURL(/\/search\?q=behind\+glass$/);
  await expect(videos(page).first()).toBeVisible();
  await field(page).fill("light of zeppelins");
  await expect(page.getByText("No video has all of these words.")).toBeVisible();
  await field(page).fill("?!…");
  await expect(page.getByRole("heading", { name: "Nothing found" })).toBeVisible();
});

test("what an import completes is found by a search that is open and has found little", async ({ page }) => {
  const { state, send } = await open(page, "/search?q=zeppelins");
  await expect(page.getByRole("heading", { name: "Nothing found" })).toBeVisible();
  const [made] = library(1, () => ({ id: "new", title: "Zeppelins over the sea" }));
  if (!made) throw new Error("no video");
  state.videos.push(made);
  send({ videos: [made] });
  await expect(videos(page)).toHaveCount(1, { timeout: 10_000 });
  await expect(page.getByRole("heading", { name: "Zeppelins over the sea" })).toBeVisible();
});

test("what another tab has removed or moved is no longer among the results, and nobody loses their place", async ({
  page,
}) => {
  const many = library(30, (i) => ({
    id: `v${i}`,
    list_id: i % 2 ? "l1" : "l2",
    captions_source: "youtube_auto",
    title: `Video number ${i}`,
  }));
  const { state, send } = await open(page, "/search?q=video", { videos: many });
  await expect(videos(page).first()).toBeVisible();
  await expect(videos(page).first()).toContainText(`in ${state.lists[1]?.name}`);
  await expect(videos(page).nth(1)).toContainText(`in ${state.lists[0]?.name}`);
  const link = (number: number) => page.getByRole("link", { name: `Video number ${number}`, exact: true });
  await link(6).focus();
  await link(6).scrollIntoViewIfNeeded();
  const top = async (number: number) => Math.round((await link(number).boundingBox())?.y ?? -1);
  const before = await top(6);
  // Above what is looked at, and what has the focus itself.
  const without = (...numbers: number[]) => {
    state.videos = state.videos.filter(({ id }) => !numbers.some((number) => id === `v${number}`));
    send({ lists: ["l1"] });
  };
  without(1);
  await expect(link(1)).toHaveCount(0);
  await expect(link(6)).toBeFocused();
  await expect.poll(() => top(6)).toBe(before);
  without(6);
  await expect(link(6)).toHaveCount(0);
  await expect(link(7)).toBeFocused();
  const [moved] = state.videos;
  if (moved) moved.list_id = "l1";
  send({ lists: ["l1", "l2"] });
  await expect(videos(page).first()).toContainText(`in ${state.lists[0]?.name}`);
});

test("a link that finds nothing can be added, and is found as soon as it is", async ({ page }) => {
  const { state, send } = await open(page, "/search?q=https%3A%2F%2Fyoutu.be%2FdQw4w9WgXcQ");
  await expect(page.getByRole("heading", { name: "This video is not in your library yet" })).toBeVisible();
  await expect(page.getByText("Check the spelling")).toHaveCount(0);
  await page.getByRole("button", { name: "Add this video" }).click();
  await expect(page.getByRole("dialog").getByRole("textbox")).toHaveValue("https://youtu.be/dQw4w9WgXcQ");
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  const [made] = library(1, () => ({
    id: "new",
    youtube_id: "dQw4w9WgXcQ",
    title: "Zeppelins over the sea",
    import_stage: "metadata",
  }));
  if (!made) throw new Error("no video");
  state.videos.push(made);
  send({ videos: [made] });
  await expect(page.getByRole("heading", { name: "Zeppelins over the sea" })).toBeVisible();

  await field(page).fill("https://www.youtube.com/playlist?list=PLabcdefghijk");
  await expect(page.getByRole("heading", { name: "This is a link to more than one video" })).toBeVisible();
  await page.getByRole("button", { name: "Add its videos" }).click();
  await expect(page.getByRole("dialog").getByRole("textbox")).toHaveValue(/list=PLabcdefghijk$/);
});

test("lengths of an address are read in order, and said as they are", async ({ page }) => {
  const { asked } = await open(page, "/search?q=fire&min=500&max=100");
  await expect(chip(page, "Length: 1:40 to 8:20")).toBeVisible();
  await expect.poll(() => asked.at(-1)?.get("min_duration_seconds")).toBe("100");
});

test("a list that is gone is no dead end", async ({ page }) => {
  const { state } = await open(page, "/search?q=fire&list=old", { searchFails: "list_not_found" });
  await expect(page.getByText("This list no longer exists.")).toBeVisible();
  state.searchFails = null;
  await page.getByRole("button", { name: "All lists" }).click();
  await expect(videos(page).first()).toBeVisible();
});

test("keys go through the results: lines with the arrows, videos with j and k", async ({ page }) => {
  await open(page, "/search?q=fire");
  await expect(videos(page)).toHaveCount(20);
  const lines = results(page).locator("[data-line]");
  const titles = results(page).locator("[data-line=video]");
  await field(page).focus();
  await page.keyboard.press("ArrowDown");
  await expect(titles.first()).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(lines.nth(1)).toBeFocused();
  await page.keyboard.press("j");
  await expect(titles.nth(1)).toBeFocused();
  for (let i = 0; i < 5; i += 1) await page.keyboard.press("j");
  await expect(titles.nth(6)).toBeFocused();
  await expect(titles.nth(6)).toBeInViewport();
  for (let i = 0; i < 6; i += 1) await page.keyboard.press("k");
  await page.keyboard.press("k");
  await expect(field(page)).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/videos\/v0\?t=60&q=fire$/);
  await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
});

test("further results come before somebody has seen the last, and none twice", async ({ page }) => {
  const many = library(70, (i) => ({ captions_source: "youtube_auto", title: `Video number ${i}` }));
  const { asked } = await open(page, "/search?q=video", { videos: many });
  await expect(page.getByText("70 videos", { exact: true }).first()).toBeVisible();
  await expect
    .poll(async () => {
      await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
      return videos(page).count();
    })
    .toBe(70);
  expect(new Set(await videos(page).getByRole("heading").allTextContents()).size).toBe(70);
  expect(asked.map((query) => query.get("cursor"))).toEqual([null, "10", "20", "30", "40", "50", "60"]);
  await expect(page.getByText("Back to the")).toHaveCount(0);
  // Where somebody was, they are again.
  await videos(page).nth(50).getByRole("heading").getByRole("link").click();
  await expect(page).toHaveURL(/\/videos\/v50/);
  await page.goBack();
  await expect(videos(page).nth(50)).toBeInViewport();
});

test("a search is saved under a name, opened from beside the lists, renamed and removed", async ({
  page,
}) => {
  const { actions } = await open(page, "/search?q=fire&language=en");
  await page.getByRole("button", { name: "Save search" }).click();
  await expect(page.getByRole("textbox", { name: "Name" })).toHaveValue("fire · English");
  await page.getByRole("textbox", { name: "Name" }).fill("Fires");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const link = page.getByRole("navigation").getByRole("link", { name: "Fires" });
  await expect(link).toHaveAttribute("aria-current", "page");
  expect(actions).toContainEqual({
    call: "POST /saved-searches",
    body: { name: "Fires", query: "fire", filters: { language: "en" }, sort: "relevance" },
  });

  await page.getByRole("navigation").getByRole("link", { name: "Talks" }).click();
  await link.click();
  await expect(page).toHaveURL(/\/search\?q=fire&language=en$/);
  await expect(field(page)).toHaveValue("fire");
  await page.getByRole("button", { name: "Saved as “Fires”" }).click();
  await page.getByRole("menuitem", { name: "Rename" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("All fires");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Saved as “All fires”" }).click();
  await page.getByRole("menuitem", { name: "Remove" }).click();
  await expect(page.getByRole("navigation").getByRole("link", { name: "All fires" })).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("navigation").getByRole("link", { name: "All fires" })).toBeVisible();
});

test("hostile words are text, and a megabyte of them does not hang the page", async ({ page }) => {
  const text = (part: string, marked = false) => ({ text: part, marked });
  const evil = "<img src=x onerror=document.title='x'>\u202E\u0000";
  const [one] = searchLibrary();
  await open(page, "/search");
  await page.route(/\/api\/search\?/, (route) =>
    route.fulfill({
      json: {
        results: [
          {
            video: { ...one, tags: [evil] },
            title_parts: [text("a".repeat(1_000_000)), text(evil, true)],
            channel_parts: [text(evil)],
            description_parts: [text(`${evil} `.repeat(20_000))],
            hits: [
              {
                start_seconds: 5,
                kind: "captions",
                parts: [text("word ".repeat(200_000)), text(evil, true)],
              },
            ],
            hit_count: 1,
          },
        ],
        next_cursor: null,
        total: 4000,
        total_is_exact: false,
        is_relaxed: false,
      },
    }),
  );
  await field(page).fill(evil);
  await expect(page.getByText("More than 4,000 videos", { exact: true })).toBeVisible();
  await expect(videos(page).locator("mark").first()).toContainText("<img src=x");
  expect(await videos(page).locator("img[src=x]").count()).toBe(0);
  expect((await videos(page).first().textContent())?.length).toBeLessThan(1500);
  const time = videos(page)
    .getByRole("link")
    .filter({ has: page.locator(".tabular") })
    .last();
  expect(await time.evaluate((line) => getComputedStyle(line.lastElementChild ?? line).unicodeBidi)).toBe(
    "isolate",
  );
});
