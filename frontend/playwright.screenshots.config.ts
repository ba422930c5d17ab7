import { defineConfig } from "@playwright/test";
import base from "./playwright.config";

/** `npm run screenshots`: pictures for human eyes, in the ignored folder screenshots/. */
export default defineConfig({
  ...base,
  projects: [{ name: "pictures", testMatch: "**/*.shots.ts" }],
});
