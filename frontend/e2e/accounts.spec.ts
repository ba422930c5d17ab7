import type { Browser, Page } from "@playwright/test";
import { expect, test } from "./support/realApp";

/** The owner lets somebody else in, on the real app. */
const PASSWORD = "four small words here";

async function stranger(browser: Browser, address: string): Promise<Page> {
  const context = await browser.newContext({ locale: "en-GB" });
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

async function linkOf(page: Page, name: string): Promise<string> {
  return page.getByRole("textbox", { name }).inputValue();
}

const settings = (page: Page, section: string) => page.getByRole("region", { name: section });

test("somebody who is invited gets a library of their own, and goes again", async ({
  page,
  app,
  browser,
}) => {
  await app.signIn(page);
  await page.goto(`${app.url}/settings#people`);
  await page.getByRole("button", { name: "Invite somebody" }).click();
  await page.getByLabel("Who is it for?").fill("Anna from the choir");
  await page.keyboard.press("Enter");
  const link = await linkOf(page, "Invitation link");
  expect(link).toMatch(/\/#invite=[\w-]{40,}$/);
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByTestId("invitations")).toContainText("For Anna from the choir");

  const anna = await stranger(browser, link);
  await expect(anna.getByRole("heading", { name: "Join owner’s Videothek" })).toBeVisible();
  expect(anna.url()).toBe(`${app.url}/`);
  await anna.getByLabel("Name").fill("owner");
  await anna.getByLabel("Password").fill(PASSWORD);
  await anna.getByRole("button", { name: "Make my library" }).click();
  await expect(anna.getByRole("alert")).toHaveText("This name is taken.");
  await anna.getByLabel("Name").fill("Anna");
  await anna.getByRole("button", { name: "Make my library" }).click();
  await anna.getByRole("button", { name: "Add links" }).first().waitFor();
  await anna.goto(`${app.url}/settings`);
  await expect(settings(anna, "Account")).toContainText("Signed in as Anna");
  await expect(anna.getByRole("heading", { name: "People" })).toHaveCount(0);

  const late = await stranger(browser, link);
  await expect(late.getByRole("alert")).toContainText("no longer valid");
  await late.getByRole("button", { name: "I have an account already" }).click();
  await expect(late.getByRole("button", { name: "Sign in" })).toBeVisible();

  await page.reload();
  await page.getByRole("button", { name: "Remove Anna" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page.getByTestId("people").getByRole("listitem")).toHaveCount(1);
  await anna.reload();
  await expect(anna.getByRole("button", { name: "Sign in" })).toBeVisible();
});

test("a forgotten password is made new with a link from the owner", async ({ page, app, browser }) => {
  await app.signIn(page);
  await page.goto(`${app.url}/settings#people`);
  await page.getByRole("button", { name: "Invite somebody" }).click();
  await page.getByRole("button", { name: "Make an invitation" }).click();
  const berta = await stranger(browser, await linkOf(page, "Invitation link"));
  await berta.getByLabel("Name").fill("Berta");
  await berta.getByLabel("Password").fill(PASSWORD);
  await berta.getByRole("button", { name: "Make my library" }).click();
  await berta.getByRole("button", { name: "Add links" }).first().waitFor();

  await page.reload();
  await page.getByRole("button", { name: "New sign-in link for Berta" }).click();
  await page.getByRole("button", { name: "Make a link" }).click();
  const link = await linkOf(page, "Sign-in link");
  await berta.goto(link);
  await berta.getByRole("button", { name: "Add links" }).first().waitFor();
  await berta.goto(`${app.url}/settings#account`);
  await berta.getByRole("button", { name: "Set a password" }).click();
  await berta.getByLabel("New password", { exact: true }).fill("another four small words");
  await berta.getByLabel("New password again").fill("something else");
  await berta.getByRole("button", { name: "Save" }).click();
  await expect(berta.getByRole("alert")).toHaveText("These two are not the same.");
  await berta.getByLabel("New password again").fill("another four small words");
  await berta.getByRole("button", { name: "Save" }).click();
  await expect(settings(berta, "Account")).toContainText("A password is set.");
  await expect(
    berta.getByText("The new password is set. All other browsers are signed out."),
  ).toBeInViewport();
});

test("other browsers are seen and signed out, and the page's policy keeps foreign code out", async ({
  page,
  app,
  browser,
}) => {
  const refused: string[] = [];
  page.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) refused.push(message.text());
  });
  await app.signIn(page);
  const other = await stranger(browser, app.url);
  await app.signIn(other);

  await page.goto(`${app.url}/settings#account`);
  const browsers = page.getByTestId("browsers");
  await expect(browsers.getByText("This browser")).toBeVisible();
  await page.getByRole("button", { name: "Sign out everywhere else" }).click();
  await expect(browsers.getByRole("listitem")).toHaveCount(1);
  await other.reload();
  await expect(other.getByRole("button", { name: "Sign in" })).toBeVisible();

  expect(refused).toEqual([]);
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "document.title = 'taken over'";
    document.head.append(script);
  });
  await expect.poll(() => refused.length).toBeGreaterThan(0);
  await expect(page).not.toHaveTitle("taken over");
});
