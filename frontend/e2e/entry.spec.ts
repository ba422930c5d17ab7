import { expect, type Page, test } from "@playwright/test";
import { dragOver, paste } from "./support/drag";
import { fakeBackend, grey, video } from "./support/fakeBackend";
import { previewOfText } from "./support/fakePreviews";
import { home, library, tile, tiles } from "./support/library";

/** All ways in: drops, pastes, a phone's share menu; and what one meets first. On a made-up backend. */
const LINK = "https://youtu.be/dQw4w9WgXcQ";
const overlay = (page: Page) => page.getByTestId("drop-overlay");
const adds = (page: Page) => {
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST" && /\/videos(\/batch)?$/.test(request.url())) {
      sent.push(`${new URL(request.url()).pathname} ${request.postData()}`);
    }
  });
  return sent;
};

test("the overlay says what will happen, and goes with Escape, the pointer or silence", async ({ page }) => {
  await fakeBackend(page, { videos: library(3) });
  await page.goto(home);
  await expect(tiles(page)).toHaveCount(3);
  await dragOver(page, { "text/uri-list": LINK });
  await expect(overlay(page)).toContainText("Drop to add to “Watch later”");
  await expect(overlay(page)).toContainText("A link will be added.");
  await dragOver(page, { "text/plain": "x", "text/html": "<b>x</b>" });
  await expect(overlay(page)).toContainText("Selected text: every link in it.");
  await dragOver(page, {}, ["a.txt", "b.csv"]);
  await expect(overlay(page)).toContainText("2 files will be read");
  await dragOver(page, {}, ["film.mp4"]);
  await expect(overlay(page)).toContainText("There are no links in this");
  await page.keyboard.press("Escape");
  await expect(overlay(page)).toHaveCount(0);
  await dragOver(page, { "text/uri-list": LINK });
  await expect(overlay(page)).toBeVisible();
  await expect(overlay(page)).toHaveCount(0, { timeout: 3000 });
});

test("links, selections, text and files are added; what is none is named", async ({ page }) => {
  const sent = adds(page);
  const backend = await fakeBackend(page, { videos: library(3), preview: previewOfText(LINK) });
  await page.goto(home);
  await expect(tiles(page)).toHaveCount(3);
  const body = page.locator("body");
  const html = `<a href="${LINK}">a</a> <a href="https://youtu.be/aaaaaaaaaa1">b</a>`;
  await body.drop({ data: { "text/plain": "a b", "text/html": html } });
  await expect.poll(() => sent.length).toBe(1);
  expect(sent[0]).toContain("aaaaaaaaaa1");
  const file = (name: string, mimeType: string, text: string) => ({
    name,
    mimeType,
    buffer: Buffer.from(text),
  });
  await body.drop({
    files: [
      file("a.txt", "text/plain", LINK),
      file("film.mp4", "video/mp4", "x"),
      file("b.csv", "", "bbbbbbbbbb2,x"),
    ],
  });
  await expect(page.getByText("There are no links in this: film.mp4")).toBeVisible();
  // As they are, for the server to read; so few links go in without a question.
  await expect.poll(() => backend.imported.length).toBe(1);
  expect(backend.imported[0]).toMatchObject({ fileNames: ["a.txt", "b.csv"], options: { list_id: "l1" } });
  expect(sent).toHaveLength(1);
});

test("a tile dragged by accident is nothing new", async ({ page }) => {
  const sent = adds(page);
  await fakeBackend(page, { videos: library(6) });
  await page.goto(home);
  await tile(page, 1).getByRole("link").dragTo(page.locator("header").first());
  await expect(overlay(page)).toHaveCount(0);
  await page.mouse.move(400, 400);
  await dragOver(page, { "text/uri-list": LINK });
  await expect(overlay(page)).toBeVisible();
  expect(sent).toEqual([]);
});

test("the add dialog takes a drop into its field; other dialogs take none", async ({ page }) => {
  const sent = adds(page);
  const backend = await fakeBackend(page, { videos: library(3), preview: previewOfText(LINK) });
  await page.goto(home);
  await expect(tiles(page)).toHaveCount(3);
  await page.keyboard.press("n");
  await page.getByRole("textbox").fill("https://youtu.be/aaaaaaaaaa1");
  await page.locator("dialog").drop({ data: { "text/uri-list": LINK } });
  await expect(page.getByRole("textbox")).toHaveValue(`https://youtu.be/aaaaaaaaaa1\n${LINK}`);
  await expect(page.getByRole("button", { name: "Add 2 videos" })).toBeVisible();
  // A file goes on to its preview, with what was typed.
  const file = { name: "a.txt", mimeType: "text/plain", buffer: Buffer.from(LINK) };
  await page.locator("dialog").drop({ files: [file] });
  await expect.poll(() => backend.imported.length).toBe(1);
  expect(backend.imported[0]).toMatchObject({
    fileNames: ["a.txt"],
    text: `https://youtu.be/aaaaaaaaaa1\n${LINK}`.replaceAll("\n", "\r\n"),
  });
  await expect(page.locator("dialog")).toHaveCount(0);
  await page.keyboard.press("n");
  await page.keyboard.press("Escape");
  await expect(page.locator("dialog")).toHaveCount(0);
  await page.keyboard.press("?");
  await dragOver(page, { "text/uri-list": LINK }, [], "dialog");
  await expect(overlay(page)).toHaveCount(0);
  expect(sent).toEqual([]);
});

test("a paste is taken on every page, also as a file, and says where it went", async ({ page }) => {
  const sent = adds(page);
  const backend = await fakeBackend(page, { videos: library(3), preview: previewOfText(LINK) });
  for (const path of ["/lists/l1", "/videos/v1", "/imports", "/settings"]) {
    await page.goto(home + path);
    await page.locator("#main").waitFor();
    await paste(page, { "text/plain": LINK });
    await expect(page.getByText("1 video added.")).toBeVisible();
    if (path !== "/lists/l1") await expect(page.getByText("In “Watch later”: 1 video added.")).toBeVisible();
  }
  await page.goto(`${home}/settings`);
  await page.getByRole("radio", { name: "Dark" }).focus();
  await paste(page, {}, ["links.txt"], "input[value=dark]");
  await expect(page.getByText("1 video added.")).toBeVisible();
  expect(sent).toHaveLength(4);
  expect(backend.imported).toHaveLength(1);
});

test("what a phone shares is added once, also across the sign-in", async ({ page }) => {
  const sent = adds(page);
  const backend = await fakeBackend(page, { signedIn: false, videos: library(3) });
  page.on("request", (request) => {
    if (request.method() === "POST" && request.url().endsWith("/videos")) {
      backend.state.videos = [video(9000, grey), ...backend.state.videos];
    }
  });
  await page.goto(`${home}/share?title=A%20film&text=Look%3A%20${encodeURIComponent(LINK)}`);
  await expect(page.getByText("What you shared is added once you are signed in.")).toBeVisible();
  await expect(page).toHaveURL(`${home}/`);
  backend.state.signedIn = true;
  await page.getByLabel("Name").fill("owner");
  await page.getByLabel("Password", { exact: true }).fill("secret");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("1 video added.")).toBeVisible();
  await expect(page).toHaveURL(/\/lists\/l1$/);
  await expect(tile(page, 9000)).toBeVisible();
  await page.reload();
  await expect(tiles(page).first()).toBeVisible();
  await page.waitForTimeout(500);
  expect(sent).toEqual([`/api/lists/l1/videos ${JSON.stringify({ url: LINK })}`]);
});

test("the page can be installed: a manifest, its pictures, a place to share to", async ({
  page,
  request,
}) => {
  await fakeBackend(page);
  await page.goto(home);
  const href = await page.locator("link[rel=manifest]").getAttribute("href");
  const manifest = await (await request.get(home + href)).json();
  expect(manifest).toMatchObject({
    display: "standalone",
    start_url: "/",
    share_target: { action: "/share" },
  });
  for (const { src, sizes, type } of manifest.icons) {
    const answer = await request.get(home + src);
    expect(answer.headers()["content-type"]).toContain(type);
    if (type === "image/png") expect((await answer.body()).readUInt32BE(16)).toBe(Number.parseInt(sizes, 10));
  }
});

test("settings stay: theme, the browser's bar, language, captions", async ({ page }) => {
  const bar = () =>
    page.evaluate(
      () =>
        [...document.querySelectorAll<HTMLMetaElement>("meta[name=theme-color]")].find(
          (meta) => matchMedia(meta.media || "all").matches,
        )?.content,
    );
  await page.emulateMedia({ colorScheme: "light" });
  await fakeBackend(page, { videos: library(3) });
  await page.goto(home);
  await page.getByRole("link", { name: "Settings" }).click();
  await expect(page.getByText("Signed in as owner")).toBeVisible();
  await expect(page.getByText("Version 0.1.0")).toBeVisible();
  expect(await bar()).toBe("#faf9f7");
  await page.getByText("Dark", { exact: true }).click();
  await page.getByText("Deutsch", { exact: true }).click();
  await page.getByRole("switch").uncheck();
  for (const reload of [false, true]) {
    if (reload) await page.reload();
    await expect(page.getByRole("heading", { name: "Einstellungen" })).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("lang", "de");
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await expect(page.getByRole("switch")).not.toBeChecked();
    expect(await bar()).toBe("#131210");
  }
  await page.getByText("Browser (English)").click();
  await page.getByText("System", { exact: true }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  expect(await bar()).toBe("#faf9f7");
});

test("one tab does not undo what another one has chosen", async ({ context, page }) => {
  const other = await context.newPage();
  for (const tab of [page, other]) await fakeBackend(tab, { videos: library(3) });
  await other.goto(home);
  await page.goto(`${home}/settings`);
  await page.getByText("Dark", { exact: true }).click();
  await expect(other.locator("html")).toHaveAttribute("data-theme", "dark");
  await other.getByRole("link", { name: /Talks/ }).click();
  await page.reload();
  await expect(page.getByRole("radio", { name: "Dark" })).toBeChecked();
});

test("the settings are used by keyboard alone", async ({ page }) => {
  const backend = await fakeBackend(page, { videos: library(3) });
  await page.goto(`${home}/settings`);
  await page.getByRole("radio", { name: "System" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowRight");
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await expect(page.getByRole("switch")).not.toBeChecked();
  const shortcuts = page.getByRole("button", { name: "Tastenkürzel" });
  await shortcuts.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Tastenkürzel" })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(shortcuts).toBeFocused();
  await page.getByRole("button", { name: "Abmelden" }).press("Enter");
  await expect(page.getByRole("button", { name: "Anmelden" })).toBeVisible();
  expect(backend.state.signedIn).toBe(false);
});

test("the add dialog opens at once", async ({ page }) => {
  await fakeBackend(page, { videos: library(3) });
  await page.goto(home);
  await expect(tiles(page)).toHaveCount(3);
  // Fetched ahead, while nothing else goes on.
  await expect
    .poll(() =>
      page.evaluate(() => performance.getEntriesByType("resource").some((r) => /Dialogs/.test(r.name))),
    )
    .toBe(true);
  await page.waitForTimeout(300);
  const took = await page.evaluate(async () => {
    const start = performance.now();
    document.dispatchEvent(new KeyboardEvent("keydown", { key: "n", bubbles: true }));
    while (!document.querySelector("dialog[open]")) await new Promise(requestAnimationFrame);
    return performance.now() - start;
  });
  // 100 ms on a quiet machine; this one draws in software and is shared.
  expect(took).toBeLessThan(150);
});

test("a phone pastes with a button, and gets the field where the browser refuses", async ({ browser }) => {
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    isMobile: true,
  });
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: home });
  const page = await context.newPage();
  await fakeBackend(page, { videos: library(3) });
  await page.goto(home);
  await page.evaluate((link) => navigator.clipboard.writeText(link), LINK);
  await page.getByRole("button", { name: "Paste a link" }).click();
  await expect(page.getByText("1 video added.")).toBeVisible();
  await context.clearPermissions();
  await page.evaluate(() => {
    navigator.clipboard.readText = () => Promise.reject(new DOMException("", "NotAllowedError"));
  });
  await page.getByRole("button", { name: "Paste a link" }).click();
  await expect(page.getByRole("dialog", { name: "Add links" })).toBeVisible();
  await context.close();
});

test("an empty library teaches, an empty list is calmer", async ({ page }) => {
  const empty = { id: "l1", name: "Watch later", video_count: 0 };
  const backend = await fakeBackend(page, { lists: [empty] });
  await page.goto(home);
  await expect(
    page.getByRole("heading", { name: "Drop a YouTube link anywhere on this page" }),
  ).toBeVisible();
  backend.state.lists = [empty, { id: "l2", name: "Talks", video_count: 3 }];
  await page.reload();
  await expect(page.getByRole("heading", { name: "Nothing in this list yet" })).toBeVisible();
});

test("no toast covers a control that stays in its place", async ({ page }) => {
  await fakeBackend(page, { videos: library(30) });
  for (const width of [360, 700, 1024, 1440]) {
    await page.setViewportSize({ width, height: 740 });
    await page.goto(home);
    await expect(tiles(page).first()).toBeVisible();
    await page.locator("body").drop({ data: { "text/plain": LINK } });
    const toast = page.locator("[data-sonner-toast]");
    await expect(toast).toBeVisible();
    await page.waitForTimeout(600);
    const box = await toast.boundingBox();
    if (!box) throw new Error("no toast");
    const covered = await page.evaluate(
      ({ x, y, width: w, height: h }) =>
        [...document.querySelectorAll<HTMLElement>("nav a, nav button, header a, header button")]
          .map((control) => control.getBoundingClientRect())
          .filter((r) => r.width > 0 && r.left < x + w && r.right > x && r.top < y + h && r.bottom > y)
          .length,
      box,
    );
    expect(covered, `at ${width} px`).toBe(0);
    expect(box.x + box.width).toBeLessThanOrEqual(width);
  }
});

test("somebody's own colours leave every control to be seen", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await fakeBackend(page, { videos: library(3) });
  await page.goto(`${home}/settings`);
  await page.getByText("Signed in as owner").waitFor();
  const borders = await page
    .locator("main button, main label:has(:checked)")
    .evaluateAll((all) => all.map((element) => getComputedStyle(element).borderTopWidth));
  expect(borders.filter((width) => width === "0px").length).toBeLessThanOrEqual(2);
  await page.screenshot({ path: "test-results/forced-colors.png", fullPage: true });
});
