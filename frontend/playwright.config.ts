import { defineConfig } from "@playwright/test";
import { freePort } from "./e2e/support/processes";

/** Debian's Chromium where it is installed; elsewhere set VIDEOTHEK_CHROMIUM or use Playwright's own. */
export const browser = {
  launchOptions: {
    executablePath: process.env.VIDEOTHEK_CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  },
};

// A fixed one may be somebody's own preview. Workers read this file anew, and take what is set here.
process.env.VIDEOTHEK_E2E_PAGE_PORT ??= String(await freePort());
export const ports = { page: Number(process.env.VIDEOTHEK_E2E_PAGE_PORT) };

/** A trace takes a picture of the page at every step: only when somebody looks for something. */
const trace = process.env.VIDEOTHEK_E2E_TRACE ? "retain-on-failure" : "off";

/** Times are asserted: nothing else may run beside these. */
const timed = /performance\.spec\.ts/;
/** Here too, with five times what it takes: two of them may run beside each other, as they mostly wait. */
const patient = /reconnect\.spec\.ts/;
/** On a made-up backend. */
const madeUp =
  /(accessibility|entry|grid|import-life|import-summary|other-tools|page|preview|search|sound|watch)\.spec\.ts/;

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  projects: [
    { name: "page", testMatch: madeUp },
    { name: "app", testIgnore: [madeUp, timed, patient] },
    { name: "timed", testMatch: timed },
    { name: "patient", testMatch: patient, fullyParallel: true },
  ],
  // Each worker has its own app and upstream, so the other projects can have more (`make e2e`).
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  reporter: process.env.CI ? [["list"], ["html", { open: "never" }]] : "list",
  use: { ...browser, locale: "en-GB", viewport: { width: 1280, height: 860 }, trace },
  webServer: {
    // For the specs on a made-up backend; those on the real one start their own processes.
    command: `npx vite preview --host 127.0.0.1 --port ${ports.page} --strictPort`,
    url: `http://127.0.0.1:${ports.page}/`,
    reuseExistingServer: !process.env.CI,
  },
});
