import type { Browser, Page } from "@playwright/test";
import { tiles } from "./support/library";
import { expect, test } from "./support/realApp";

/** A list is shared with somebody who may look, then edit, then neither: on the real app, in two browsers. */
const PASSWORD = "four small words here";

async function member(browser: Browser, owner: Page, url: string, name: string): Promise<Page> {
  await owner.goto(`${url}/settings#people`);
  await owner.getByRole("button", { name: "Invite somebody" }).click();
  await owner.getByRole("button", { name: "Make an invitation" }).click();
  const link = await owner.getByRole("textbox", { name: "Invitation link" }).inputValue();
  const context = await browser.newContext({ locale: "en-GB" });
  const page = await context.newPage();
  await page.goto(link);
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Make my library" }).click();
  await page.getByRole("button", { name: "Add links" }).first().waitFor();
  return page;
}

const lists = (page: Page) => page.getByRole("navigation", { name: "Lists" });

test("a shared list is seen at once, edited when that is allowed, and gone when it is not shared any more", async ({
  page,
  app,
  browser,
}) => {
  await app.signIn(page);
  const anna = await member(browser, page, app.url, "Anna");

  // A list of its own: other specs use the same app.
  await page.goto(app.url);
  await lists(page).getByRole("button", { name: "New list" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("Talks for all");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Talks for all" })).toBeVisible();
  await page.getByRole("button", { name: "Add links" }).first().click();
  await page.getByRole("dialog").getByRole("textbox").fill("https://youtu.be/dQw4w9WgXcQ");
  await page.keyboard.press("Control+Enter");
  await expect(tiles(page)).toHaveCount(1);
  await page.getByRole("button", { name: "List actions" }).click();
  await page.getByRole("menuitem", { name: "Share…" }).click();
  const may = page.getByRole("combobox", { name: "What Anna may do" });
  await may.selectOption("may look");

  // Without a reload, and without a way to change anything.
  await lists(anna)
    .getByRole("link", { name: /Talks for all/ })
    .click();
  await expect(tiles(anna)).toHaveCount(1);
  await expect(lists(anna).getByText("shared by owner")).toHaveCount(1);
  await expect(anna.getByRole("button", { name: "Add links" })).toHaveCount(0);
  await anna.getByRole("button", { name: "List actions" }).click();
  await expect(anna.getByRole("menuitem")).toHaveText([
    "Select",
    "Take along as a file…",
    "Leave this list…",
  ]);
  await anna.keyboard.press("Escape");
  await tiles(anna)
    .getByRole("button", { name: /^Actions for/ })
    .click();
  await expect(anna.getByRole("menuitem", { name: "Remove" })).toHaveCount(0);
  await anna.keyboard.press("Escape");

  await may.selectOption("may edit");
  await anna.getByRole("button", { name: "Add links" }).click();
  await anna.getByRole("dialog").getByRole("textbox").fill("https://youtu.be/9bZkp7q19f0");
  await anna.keyboard.press("Control+Enter");
  await expect(tiles(anna)).toHaveCount(2);
  await expect(tiles(page)).toHaveCount(2);

  // On a video's page, too: while somebody watches, a note of the others comes by itself, and then all goes.
  const watching = await anna.context().newPage();
  await watching.goto(app.url);
  await lists(watching)
    .getByRole("link", { name: /Talks for all/ })
    .click();
  await watching.locator("[data-tile-focus]").first().click();
  await watching.getByRole("button", { name: "Add a note" }).waitFor();
  const writing = await page.context().newPage();
  await writing.goto(watching.url());
  await writing.getByRole("button", { name: "Add a note" }).click();
  await writing.keyboard.type("From the owner.");
  await expect(watching.getByRole("textbox", { name: "Note" })).toHaveValue("From the owner.");

  await may.selectOption("does not see it");
  await expect(watching.getByText("This video is not in your library.")).toBeVisible();
  await expect(watching.getByRole("textbox")).toHaveCount(0);
  await expect(lists(anna).getByRole("link", { name: /Talks for all/ })).toHaveCount(0);
  await expect(anna.getByText("Talks for all")).toHaveCount(0);
});

test("whoever leaves a shared list does not see it any more", async ({ page, app, browser }) => {
  await app.signIn(page);
  const clara = await member(browser, page, app.url, "Clara");
  await page.goto(app.url);
  await page.getByRole("button", { name: "List actions" }).click();
  await page.getByRole("menuitem", { name: "Share…" }).click();
  await page.getByRole("combobox", { name: "What Clara may do" }).selectOption("may edit");
  const shared = lists(clara).getByRole("link", { name: /shared by owner/ });
  await shared.click();

  await clara.getByRole("button", { name: "List actions" }).click();
  await clara.getByRole("menuitem", { name: "Leave this list…" }).click();
  await clara.getByRole("dialog").getByRole("button", { name: "Leave the list" }).click();

  await expect(shared).toHaveCount(0);
  await expect(clara.getByRole("button", { name: "Add links" }).first()).toBeVisible();
  await expect(page.getByRole("combobox", { name: "What Clara may do" })).toHaveValue(/edit|none/);
});
