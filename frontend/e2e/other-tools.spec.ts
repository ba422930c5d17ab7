import { readFileSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import { fakeBackend, inMinutes } from "./support/fakeBackend";
import { follow, token } from "./support/fakeTools";
import { fitsTheWindow, home, library, tiles } from "./support/library";

/** Followed lists, tokens, the bookmark and files to take along, on a made-up backend. */
const lists = (followed: ReturnType<typeof follow> | null = null) => [
  { id: "l1", name: "Watch later", video_count: 6, follow: followed },
  { id: "l2", name: "Talks", video_count: 0, follow: null },
];

const line = (page: Page) => page.getByTestId("follow-line");

async function listMenu(page: Page, item: RegExp) {
  await page.getByRole("button", { name: "List actions" }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

test("a list follows a channel, says so, and can be looked at now, changed and stopped", async ({ page }) => {
  const backend = await fakeBackend(page, { videos: library(6), lists: lists() });
  await page.goto(home);
  await expect(tiles(page).first()).toBeVisible();
  await expect(line(page)).toHaveCount(0);

  await listMenu(page, /^Follow a playlist/);
  const dialog = page.getByRole("dialog", { name: "Follow a playlist or channel" });
  await dialog.getByRole("button", { name: "Follow" }).click();
  await expect(dialog.getByRole("alert")).toHaveText("An address is needed.");
  const address = dialog.getByRole("textbox", { name: /Address/ });
  await expect(address).toBeFocused();
  await address.fill("https://example.org/films");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("alert")).toContainText("not a link to a public playlist or a channel");
  await address.fill("https://www.youtube.com/@harbourlight");
  await expect(dialog.getByRole("alert")).toHaveCount(0);
  await dialog.getByText("Daily").click();
  await dialog.getByRole("switch", { name: /what is there already/ }).click();
  await dialog.getByRole("button", { name: "Follow" }).click();
  await expect(dialog).toHaveCount(0);
  expect(backend.actions.at(-1)).toEqual({
    call: "PUT /lists/l1/follow",
    body: { url: "https://www.youtube.com/@harbourlight", interval_hours: 24, include_existing: false },
  });
  await expect(line(page)).toContainText("Follows youtube.com/@harbourlight");
  await expect(line(page)).toContainText("not looked at yet · next in a moment");
  await expect(page.getByRole("link", { name: /^Watch later follows a playlist or channel/ })).toBeVisible();

  // The server has looked: the stream says that the list changed, nothing is reloaded.
  backend.state.lists = lists(follow({ interval_hours: 24 }));
  backend.send({ lists: ["l1"] });
  await expect(line(page)).toContainText(
    /Follows Harbour Light\s*checked 2 hours ago · next (tomorrow )?at /,
  );

  await line(page).getByRole("button", { name: "Check now" }).click();
  await expect(line(page)).toContainText("looking now");
  await expect.poll(() => backend.actions.at(-1)?.call).toBe("POST /lists/l1/follow/check");

  const trouble = follow({ interval_hours: 24, reason_code: "playlist_unavailable" });
  backend.state.lists = lists(trouble);
  backend.send({ lists: ["l1"] });
  await expect(line(page)).toContainText(
    "The last look failed. It is private or no longer there. Choose another address, or stop following.",
  );
  await page.setViewportSize({ width: 360, height: 740 });
  await expect.poll(() => fitsTheWindow(page)).toBe(true);
  await page.setViewportSize({ width: 1280, height: 860 });

  await line(page).getByRole("button", { name: "Actions for what is followed" }).click();
  await page.getByRole("menuitem", { name: "Change…" }).click();
  const change = page.getByRole("dialog", { name: "Change what “Watch later” follows" });
  await expect(change.getByRole("radio", { name: "Daily" })).toBeChecked();
  await expect(change.getByRole("switch")).toHaveCount(0);
  await change.getByText("Hourly").click();
  await change.getByRole("button", { name: "Save" }).click();
  await expect.poll(() => backend.actions.at(-1)?.body).toMatchObject({ interval_hours: 1 });

  await line(page).getByRole("button", { name: "Actions for what is followed" }).click();
  await page.getByRole("menuitem", { name: "Stop following" }).click();
  await expect(line(page)).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(line(page)).toBeVisible();
  expect(backend.actions.at(-1)?.body).toMatchObject({ interval_hours: 1, include_existing: false });
});

test("a token is shown once, listed without its secret, and revoked after a question", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const old = token("t1", "Old script", "full", { last_used_at: inMinutes(-190) });
  const backend = await fakeBackend(page, { videos: library(6), tokens: [old] });
  await page.goto(`${home}/settings`);
  const list = page.getByRole("list", { name: "Tokens" });
  await expect(list.getByRole("listitem")).toHaveText(
    /Old script\s*Everything\s*made .* · last used 3 hours ago/,
  );

  await page.getByRole("button", { name: "New token" }).click();
  await page.getByLabel("What it is for").fill("Shortcut");
  await page.keyboard.press("Enter");
  const secret = page.getByRole("textbox", { name: "The new token" });
  const value = await secret.inputValue();
  expect(value).toMatch(/^vt_/);
  expect(backend.actions.at(-1)).toEqual({ call: "POST /tokens", body: { name: "Shortcut", scope: "add" } });
  await page.getByRole("dialog").getByRole("button", { name: "Copy" }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(value);
  await page.getByRole("button", { name: "Done" }).click();
  await expect(list.getByRole("listitem")).toHaveCount(2);
  await expect(list.getByRole("listitem").first()).toHaveText(/Shortcut\s*Add videos\s*made .* · never used/);
  expect(await page.content()).not.toContain(value);

  await page.getByRole("button", { name: "Revoke “Old script”" }).click();
  const sure = page.getByRole("dialog", { name: "Revoke “Old script”?" });
  await expect(sure.getByRole("button", { name: "Cancel" })).toBeFocused();
  await sure.getByRole("button", { name: "Revoke" }).click();
  await expect(list.getByRole("listitem")).toHaveCount(1);
  expect(backend.actions.at(-1)?.call).toBe("DELETE /tokens/t1");
});

test("the bookmark hands the page it is clicked on over to Videothek, and does nothing here", async ({
  page,
  context,
}) => {
  await fakeBackend(page, { videos: library(6) });
  await page.goto(`${home}/settings`);
  const bookmark = page.getByRole("link", { name: "Add to Videothek" });
  const code = (await bookmark.getAttribute("href")) ?? "";
  expect(code).toContain(`"${home}/share?url="`);
  await bookmark.click();
  await expect(page.getByText("Drag it to the bookmarks bar; a click does nothing here.")).toBeVisible();
  expect(page.url()).toBe(`${home}/settings`);

  // A page that allows no scripts of others, as YouTube's does.
  const watch = "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=42s";
  await context.route("https://www.youtube.com/**", (route) =>
    route.fulfill({ contentType: "text/html", body: "<title>A video</title>" }),
  );
  const youtube = await context.newPage();
  await youtube.goto(watch);
  const opened = context.waitForEvent("page");
  await youtube.evaluate((href) => {
    location.href = href;
  }, code);
  const shared = new URL((await opened).url());
  expect(shared.origin + shared.pathname).toBe(`${home}/share`);
  expect(shared.searchParams.get("url")).toBe(watch);
  expect(youtube.url()).toBe(watch);
});

test("the library and a list are taken along as files, named in the person's own words", async ({ page }) => {
  await fakeBackend(page, { videos: library(6), lists: lists() });
  await page.goto(`${home}/settings#export`);
  for (const [name, ending, format] of [
    ["Videothek (JSON)", "json", "json"],
    ["Table (CSV)", "csv", "csv"],
    ["Bookmarks (HTML)", "html", "html"],
    ["Google Takeout (ZIP)", "zip", "takeout"],
    ["Archive of yt-dlp (text)", "txt", "archive"],
  ]) {
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: `Download as ${name}` }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(new RegExp(`^Videothek \\d{4}-\\d\\d-\\d\\d\\.${ending}$`));
    expect(readFileSync(await file.path(), "utf8")).toBe(`${format} all`);
  }
  await page.goto(home);
  await expect(tiles(page).first()).toBeVisible();
  await listMenu(page, /^Take along/);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download as Table (CSV)" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^Watch later .*\.csv$/);
  expect(readFileSync(await file.path(), "utf8")).toBe("csv l1");
});
