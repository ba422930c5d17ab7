import { expect, type Page, test } from "@playwright/test";
import { fakeBackend } from "./support/fakeBackend";
import { chapters, cues } from "./support/fakeWords";
import { fitsTheWindow, home, library } from "./support/library";

/** The page of one video, on a made-up backend and the stand-in's player. */
const transcript = (page: Page) => page.getByTestId("transcript");
const current = (page: Page) => transcript(page).locator("[aria-current]");
const timeline = (page: Page) => page.getByRole("slider", { name: "Place in the video" });

/** What the player in its frame says of itself. */
const player = (page: Page) => page.frameLocator("iframe").locator("#clock");

test("a word, a line, a chapter and the line of time lead to their moments", async ({ page }) => {
  await fakeBackend(page, { videos: library(3, () => ({ duration_seconds: 900 })) });
  await page.goto(`${home}/videos/v0`);
  await expect(page.getByTestId("chapter-mark")).toHaveCount(4);

  // "wrong" stands in the middle of the line that begins at 0:08.
  const line = transcript(page).getByText("and a fire on the wrong hill").first();
  const box = await line.evaluate((element) => {
    const range = document.createRange();
    const text = element.firstChild as Text;
    const from = text.data.indexOf("wrong");
    range.setStart(text, from);
    range.setEnd(text, from + 5);
    return range.getBoundingClientRect().toJSON() as DOMRect;
  });
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await expect(current(page)).toContainText("wrong hill");
  await expect(player(page)).toHaveText(/^0:(09|1\d) \/ 15:00$/);
  await page.getByRole("button", { name: "Pause" }).click();

  await page.getByRole("button", { name: "Play from 0:20", exact: true }).click();
  await expect(current(page)).toContainText("That changed everything");
  await page.getByTestId("chapters").getByText("Fresnel’s lens").click();
  await expect(page.getByTestId("chapters").locator("[aria-current]")).toContainText("Fresnel");
  await expect(timeline(page)).toHaveAttribute("aria-valuetext", /^5:2\d of 15:00, Fresnel’s lens$/);

  await page.keyboard.press("k");
  await expect(page.getByRole("button", { name: "Play", exact: true })).toBeVisible();
  await timeline(page).focus();
  await page.keyboard.press("Home");
  await expect(timeline(page)).toHaveAttribute("aria-valuenow", "0");
  await page.keyboard.press("PageUp");
  await expect(timeline(page)).toHaveAttribute("aria-valuetext", "1:00 of 15:00, Fires on hills");
  const middle = await timeline(page).boundingBox();
  if (!middle) throw new Error("no line of time");
  await page.mouse.click(middle.x + middle.width / 2, middle.y + middle.height / 2);
  await expect(player(page)).toHaveText("7:30 / 15:00");
});

test("keys play, seek, go from line to line and from chapter to chapter", async ({ page }) => {
  await fakeBackend(page, { videos: library(3, () => ({ duration_seconds: 900 })) });
  await page.goto(`${home}/videos/v1?t=100`);
  await expect(page.getByRole("button", { name: "Play", exact: true })).toBeVisible();
  await expect(player(page)).toHaveText("1:40 / 15:00");
  const at = async (key: string, clock: RegExp) => {
    await page.keyboard.press(key);
    await expect(player(page), key).toHaveText(clock);
  };
  await at("Space", /^1:4[0-3] \//);
  await page.getByRole("button", { name: "Pause" }).waitFor();
  await at("k", /^1:4\d \//);
  await page.getByRole("button", { name: "Play", exact: true }).waitFor();
  await at("3", /^4:30 \//);
  await at("j", /^4:20 \//);
  await at("l", /^4:30 \//);
  await at("ArrowLeft", /^4:25 \//);
  await at("ArrowRight", /^4:30 \//);
  await at(".", /^4:32 \//);
  await at(",", /^4:28 \//);
  await at("Shift+ArrowRight", /^5:20 \//);
  await at("Shift+ArrowLeft", /^2:30 \//);
  await at("]", /^5:20 \//);
  await page.keyboard.press(">");
  await expect(page.getByRole("button", { name: "Speed: 1.25×" })).toBeVisible();
  await page.keyboard.press("c");
  await expect(page.getByTestId("caption-line")).toHaveCount(0);
  await page.keyboard.press("Shift+N");
  await expect(page).toHaveURL(/\/videos\/v2$/);
  // What was chosen for one video holds for the next.
  await expect(page.getByRole("button", { name: "Speed: 1.25×" })).toBeVisible();
  await page.getByRole("link", { name: /^Previous video: / }).waitFor();
  await page.keyboard.press("Shift+P");
  await expect(page).toHaveURL(/\/videos\/v1$/);
});

test("captions are where and how somebody wants them, also after a reload", async ({ page }) => {
  await fakeBackend(page, { videos: library(1) });
  await page.goto(`${home}/videos/v0?t=17`);
  const line = page.getByTestId("caption-line");
  await expect(line).toHaveText("Then somebody had the idea to put the fire behind glass.");
  const menu = page.getByRole("button", { name: "Captions", exact: true });
  await menu.click();
  await page.getByRole("menuitemradio", { name: "In the picture" }).click();
  await page.getByRole("menuitemradio", { name: "Large" }).click();
  await page.getByRole("menuitemradio", { name: "None" }).click();
  await page.keyboard.press("Escape");
  const inside = () =>
    line.evaluate((element) => {
      const picture = document.querySelector("iframe")?.getBoundingClientRect();
      const { top, bottom } = element.getBoundingClientRect();
      return picture !== undefined && top > picture.top && bottom < picture.bottom;
    });
  expect(await inside()).toBe(true);
  await page.reload();
  await expect(line).toHaveText("Then somebody had the idea to put the fire behind glass.");
  expect(await inside()).toBe(true);
  await expect(line.locator(".caption-large .caption-outline")).toHaveCount(1);
  // As large as the screen they stay with the picture.
  await page.keyboard.press("f");
  await expect(page.getByRole("button", { name: "Leave full screen" })).toBeVisible();
  await expect(line).toBeVisible();
  await page.keyboard.press("f");
  await menu.click();
  await page.getByRole("menuitemradio", { name: "Off" }).click();
  await page.reload();
  await expect(menu).toBeVisible();
  await expect(line).toHaveCount(0);
});

test("a link from the search marks its words in any form, and stays at its line", async ({ page }) => {
  await fakeBackend(page, { videos: library(1), chapters: [] });
  await page.goto(`${home}/videos/v0?t=100&q=${encodeURIComponent('fires captains -"whale"')}`);
  await expect(page.getByRole("searchbox")).toHaveValue('fires captains -"whale"');
  await expect(page.locator("mark[data-match=current]")).toHaveText(["fire", "captain"]);
  await expect(current(page)).toContainText("A fire on a hill was all that a captain");
  await expect(current(page)).toBeInViewport();
  await expect(page.getByRole("button", { name: "Back to the current line" })).toHaveCount(0);
  await page.keyboard.press("/");
  await page.keyboard.press("Enter");
  await expect(current(page).locator("mark[data-match=current]")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Back to the current line" })).toBeVisible();

  // Without a moment the first place is gone to.
  await page.goto(`${home}/videos/v0?q=glass`);
  await expect(page.locator("mark[data-match=current]")).toHaveText("glass");
  await expect(page.locator("mark[data-match=current]")).toBeInViewport();
});

test("the way back to the current line is there only when it is out of sight", async ({ page }) => {
  await fakeBackend(page, { videos: library(1), chapters: [] });
  await page.goto(`${home}/videos/v0?t=100&q=fire`);
  const back = page.getByRole("button", { name: "Back to the current line" });
  await expect(current(page)).toBeInViewport();
  await page.keyboard.press("/");
  await page.keyboard.press("Enter");
  // The next line has the word as well.
  await expect(current(page).locator("mark[data-match=current]")).toHaveCount(0);
  await expect(current(page)).toBeInViewport();
  await expect(back).toHaveCount(0);

  await transcript(page).hover();
  await page.mouse.wheel(0, 2000);
  await expect(back).toBeVisible();
  await back.click();
  await expect(current(page)).toBeInViewport();
  await expect(back).toHaveCount(0);
});

test("quotes are copied with their time, a line's and what is selected", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await fakeBackend(page, { videos: library(1), chapters: [] });
  await page.goto(`${home}/videos/v0`);
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await transcript(page).getByText("A fire on a hill").first().hover();
  await page.getByRole("button", { name: "Copy from 0:04" }).click();
  await page.getByRole("menuitem", { name: "Copy quote" }).click();
  await expect(page.getByText("Quote copied.")).toBeVisible();
  expect(await copied()).toBe(
    "“A fire on a hill was all that a captain could hope for,”\nHow lighthouses kept the coast safe for two thousand years, Harbour Light, 0:04\nhttps://youtu.be/fake0000000?t=4",
  );

  await page.evaluate(() => {
    const [first, second] = [...document.querySelectorAll("[data-text]")].slice(1, 3);
    const range = document.createRange();
    range.setStart(first?.firstChild as Text, "A fire on a ".length);
    range.setEnd(second?.firstChild as Text, "and a fire".length);
    document.getSelection()?.addRange(range);
  });
  const bar = page.getByRole("toolbar");
  await bar.getByRole("button", { name: "Copy quote" }).click();
  await expect.poll(copied).toContain("“hill was all that a captain could hope for, and a fire”\n");
  await bar.getByRole("button", { name: "Copy link to this page" }).click();
  await page.getByRole("menuitem", { name: "Copy link to this page" }).click();
  await expect.poll(copied).toBe(`${home}/videos/v0?t=4`);
});

test("a video that may not be embedded says so, and its lines lead to YouTube", async ({ page, context }) => {
  await context.route("https://www.youtube.com/**", (route) => route.fulfill({ body: "there" }));
  const backend = await fakeBackend(page, { videos: library(3), playerError: 150 });
  await page.goto(`${home}/videos/v0?t=90`);
  const refused = page.getByTestId("refused");
  await expect(refused).toContainText("This video plays on YouTube only");
  await expect(page.locator("iframe")).toHaveCount(0);
  await expect(refused.getByRole("link", { name: "Watch on YouTube" })).toHaveAttribute(
    "href",
    "https://www.youtube.com/watch?v=fake0000000&t=90s",
  );
  const opened = page.waitForEvent("popup");
  await page.getByTestId("chapters").getByText("Fresnel’s lens").click();
  expect((await opened).url()).toBe("https://www.youtube.com/watch?v=fake0000000&t=320s");
  await expect(current(page)).toContainText("and a fire on the wrong hill");

  // Of what YouTube has taken away the words are still here.
  const [, gone] = backend.state.videos;
  if (gone) gone.error_code = "video_private";
  await page.goto(`${home}/videos/v1`);
  await expect(refused).toContainText("This video is private.");
  await expect(refused).not.toContainText("deleted");
  await expect(transcript(page)).toBeVisible();

  // Its title may never have been known.
  if (gone) Object.assign(gone, { import_stage: "error", title: null });
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("fake0000001");
  await expect(page).toHaveTitle("fake0000001 · Videothek");
  await expect(refused).toContainText("This video is private.");
  await expect(page.getByText("This video is private.", { exact: true })).toHaveCount(1);

  // The player takes what it may not show for deleted: the import knows better.
  backend.state.playerError = 100;
  if (gone) gone.error_code = "video_geo_blocked";
  await page.reload();
  await expect(refused).toContainText("YouTube does not play this video hereNot available in this country.");
  await expect(refused.getByRole("link", { name: "Watch on YouTube" })).toBeVisible();
});

test("what is not there yet is not said to be gone, and plays when it is there", async ({ page }) => {
  const waiting = { import_stage: "metadata", import_progress: 25, captions_source: null } as const;
  const codes = ["video_upcoming", "video_live", "video_processing"] as const;
  const videos = library(3, (i) => ({ ...waiting, error_code: codes[i] ?? null }));
  const backend = await fakeBackend(page, { videos, playerError: 100 });
  const refused = page.getByTestId("refused");
  for (const [i, [words, link]] of [
    ["This video is not published yet", 0],
    ["This video is live right now", 1],
    ["YouTube is still processing this video", 0],
  ].entries()) {
    await page.goto(`${home}/videos/v${i}`);
    await expect(refused).toContainText(String(words));
    await expect(refused).not.toContainText("deleted");
    await expect(refused.getByRole("link")).toHaveCount(Number(link));
  }
  const [, , processed] = videos;
  if (!processed) throw new Error("no third video");
  backend.state.playerError = null;
  Object.assign(processed, { import_stage: "complete", import_progress: 100, error_code: null });
  backend.send({ videos: [processed] });
  await expect(refused).toHaveCount(0);
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
});

test("tags and notes keep themselves, and a watched video goes on where it was left", async ({ page }) => {
  const backend = await fakeBackend(page, {
    videos: library(3, (i) => ({ duration_seconds: 900, tags: i === 1 ? ["Sea"] : [] })),
  });
  await page.goto(home);
  await page.goto(`${home}/videos/v0`);
  const tag = page.getByLabel("Add a tag");
  await tag.fill("#Light");
  await tag.press("Enter");
  await tag.fill("light, Sea");
  await tag.press("Enter");
  await expect(page.getByTestId("tags").getByRole("listitem")).toHaveText(["Light", "Sea"]);
  await page.getByRole("button", { name: "Remove the tag Sea" }).click();
  await expect(page.getByTestId("tags").getByRole("listitem")).toHaveText(["Light"]);
  await page.getByRole("button", { name: "Add a note" }).click();
  await page.keyboard.type("Ask about glass.");
  await expect(page.getByText("Kept", { exact: true })).toBeVisible();
  // In a wide window, too, the note is no odd neighbour of the tags.
  const size = page.viewportSize();
  await page.setViewportSize({ width: 1440, height: 900 });
  const [tags, note] = await Promise.all(["tags", "note"].map((id) => page.getByTestId(id).boundingBox()));
  expect(note?.y).toBeGreaterThanOrEqual((tags?.y ?? 0) + (tags?.height ?? 0));
  expect(note?.x).toBe(tags?.x);
  if (size) await page.setViewportSize(size);
  await expect.poll(() => backend.state.notes.v0).toBe("Ask about glass.");

  await page.getByRole("button", { name: "Play from 1:40", exact: true }).click();
  await page.getByRole("button", { name: "Pause" }).click();
  await expect.poll(() => backend.state.videos[0]?.position_seconds).toBeGreaterThanOrEqual(100);
  await page.reload();
  await expect(page.getByRole("textbox", { name: "Note" })).toHaveValue("Ask about glass.");
  await expect(page.getByText("You stopped here.")).toBeVisible();
  await expect(player(page)).toHaveText(/^1:4\d \//);
  await page.getByRole("button", { name: "From the beginning" }).click();
  await expect(player(page)).toHaveText(/^0:0\d \//);
});

test("somebody else's note comes by itself, and takes nothing from what is being typed", async ({ page }) => {
  const backend = await fakeBackend(page, { videos: library(1), notes: { v0: "Sea." } });
  await page.goto(`${home}/videos/v0`);
  const note = page.getByRole("textbox", { name: "Note" });
  await expect(note).toHaveValue("Sea.");
  backend.state.notes.v0 = "Sea and sky.";
  backend.send({ lists: ["l1"] });
  await expect(note).toHaveValue("Sea and sky.");
  await note.fill("Sea and sky. Mine.");
  backend.state.notes.v0 = "Sea and sky.\nTheirs.";
  backend.send({ lists: ["l1"] });
  await expect(note).toHaveValue("Sea and sky. Mine.\n\nTheirs.");
  await expect.poll(() => backend.state.notes.v0).toBe("Sea and sky. Mine.\n\nTheirs.");
});

test("a video whose list is shared no longer is gone from its own page at once, also after words and time were kept", async ({
  page,
}) => {
  const backend = await fakeBackend(page, { videos: library(1, () => ({ duration_seconds: 900 })) });
  await page.goto(`${home}/videos/v0`);
  await page.getByRole("button", { name: "Play from 0:20", exact: true }).click();
  await expect(player(page)).toHaveText(/^0:2\d \//);
  await page.getByRole("button", { name: "Add a note" }).click();
  await page.keyboard.type("Mine.");
  backend.state.videos = [];
  backend.state.lists = [{ id: "l2", name: "Another", video_count: 0 }];
  backend.send({ lists: ["l1"] });
  await expect(page.getByText("This video is not in your library.")).toBeVisible();
  await expect(page.getByText("That could not be kept.")).toBeVisible();
  await expect(page.locator("iframe, textarea")).toHaveCount(0);
  await expect(page.getByText("This video is not in your library.")).toBeVisible();
});

test("a page that does not know what somebody may do offers no changes", async ({ page }) => {
  const backend = await fakeBackend(page, { videos: library(1), notes: { v0: "Sea." } });
  backend.state.lists = [{ id: "l2", name: "Another", video_count: 0 }];
  await page.goto(`${home}/videos/v0`);
  await expect(page.getByTestId("note")).toHaveText("Sea.");
  await expect(page.getByRole("textbox", { name: "Note" })).toHaveCount(0);
  await expect(page.getByLabel("Add a tag")).toHaveCount(0);
});

test("a note that does not fit says so, and how long it may be", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await fakeBackend(page, { videos: library(1), notes: { v0: "x".repeat(18_990) } });
  await page.goto(`${home}/videos/v0`);
  const note = page.getByRole("textbox", { name: "Note" });
  await note.focus();
  await page.evaluate(() => navigator.clipboard.writeText("y".repeat(2000)));
  await page.keyboard.press("End");
  await page.keyboard.press("Control+V");
  await expect(page.getByText("20,000 of 20,000 characters")).toBeVisible();
  await expect(page.getByText("What you put in was too long. Its end is missing.")).toBeVisible();
  await page.keyboard.press("Backspace");
  await expect(page.getByText("19,999 of 20,000 characters")).toBeVisible();
  await expect(page.getByText("What you put in was too long.")).toHaveCount(0);
});

test("what is said comes as a file of every kind", async ({ page }) => {
  await fakeBackend(page, { videos: library(1) });
  await page.goto(`${home}/videos/v0`);
  for (const [name, ending] of [
    ["Text (.txt)", "txt"],
    ["Text with times (.md)", "md"],
    ["Captions (.srt)", "srt"],
    ["Captions (.vtt)", "vtt"],
    ["All of it, for programs (.json)", "json"],
  ] as const) {
    await page.getByRole("button", { name: "Download" }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("menuitem", { name }).click();
    expect((await download).suggestedFilename()).toBe(`fake0000000.${ending}`);
  }
});

test("20,000 lines are a few hundred elements, and hostile ones are text", async ({ page }) => {
  const hostile = "<img src=x onerror=alert(1)>\u202Egnp.exe\u0007 ";
  const many = cues(20_000);
  const put = (line: number, text: string) => many[line] && Object.assign(many[line], { text });
  put(1, hostile);
  put(2, `${"word ".repeat(200_000)}needle`);
  put(3, "x".repeat(1_000_000));
  page.on("dialog", () => {
    throw new Error("a caption was run");
  });
  await page.setViewportSize({ width: 360, height: 740 });
  await fakeBackend(page, {
    videos: library(1, () => ({ title: `${hostile}${"Titel".repeat(200)}`, duration_seconds: 80_000 })),
    cues: many,
    chapters: [...chapters, { start_seconds: 900, end_seconds: null, title: hostile.repeat(3) }],
  });
  await page.goto(`${home}/videos/v0?t=60000&q=captain`);
  await transcript(page).scrollIntoViewIfNeeded();
  await expect(current(page)).toBeInViewport();
  expect(await page.evaluate(() => document.querySelectorAll("*").length)).toBeLessThan(2500);
  expect(await fitsTheWindow(page)).toBe(true);

  const began = Date.now();
  await page.getByRole("searchbox").fill("needle");
  await expect(page.locator("mark[data-match=current]")).toHaveText("needle");
  await expect(page.locator("mark[data-match=current]")).toBeInViewport();
  expect(Date.now() - began).toBeLessThan(8000);
  await expect(transcript(page).getByText("<img src=x onerror=alert(1)>")).toHaveCount(1);
  expect(await fitsTheWindow(page)).toBe(true);
});
