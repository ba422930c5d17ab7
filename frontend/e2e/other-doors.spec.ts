import { expect, test } from "./support/realApp";

/** Signing in at a provider, on the real app and a stand-in provider that asks nothing. */
test.use({ provider: true });

test("an account is connected with a provider, and lets in from there", async ({ page, app }) => {
  await page.goto(app.url);
  await page.getByRole("button", { name: "Continue with the choir" }).click();
  await expect(page.getByRole("alert")).toContainText("There is no account for you here yet.");
  expect(page.url()).not.toContain("code=");

  await app.signIn(page);
  await page.goto(`${app.url}/settings#account`);
  await page.getByRole("button", { name: "Connect with the choir" }).click();
  await expect(page.getByText("Connected. From now on")).toBeVisible();
  await expect(page.getByTestId("linked")).toContainText("anna");
  expect(page.url()).toBe(`${app.url}/settings#account`);

  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await page.getByRole("button", { name: "Continue with the choir" }).click();
  await page.getByRole("button", { name: "Add links" }).first().waitFor();
  expect(page.url()).not.toContain("code=");
  await page.reload();
  await page.getByRole("button", { name: "Add links" }).first().waitFor();

  await page.goto(`${app.url}/settings#account`);
  await expect(page.getByTestId("linked")).toContainText("at the choir, since");
  await expect(page.getByRole("button", { name: "Connect with the choir" })).toHaveCount(0);
  await page.getByRole("button", { name: "Disconnect anna" }).click();
  await expect(page.getByTestId("linked")).toHaveCount(0);
});

test("whoever turns round at the provider is where they were", async ({ page, app }) => {
  await page.goto(`${app.url}/signed-in?error=access_denied&state=in.x`);
  await expect(page.getByRole("alert")).toContainText("Please begin once more.");
  await app.signIn(page);
});
