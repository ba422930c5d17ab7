import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/**
 * Sonner writes its style sheet into the page with an inline <style>, which a strict
 * Content-Security-Policy refuses. The same sheet is imported in index.css; the injection is cut out.
 */
function sonnerWithoutInlineStyle(): Plugin {
  return {
    name: "sonner-without-inline-style",
    enforce: "pre",
    transform(code, id) {
      if (!/node_modules\/sonner\/dist\/index\.m?js/.test(id)) return null;
      const start = code.indexOf('__insertCSS("');
      if (start < 0) throw new Error("sonner changed: its style injection was not found");
      const end = code.indexOf("\n", start);
      return { code: code.slice(0, start) + code.slice(end < 0 ? code.length : end), map: null };
    },
  };
}

const apiTarget = process.env.VIDEOTHEK_API ?? "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [react(), tailwindcss(), sonnerWithoutInlineStyle()],
  resolve: {
    alias: {
      "@": fileURLToPath(new URL("./src", import.meta.url)),
      "@tests": fileURLToPath(new URL("./tests", import.meta.url)),
    },
  },
  // Optimised dependencies skip plugins' transforms, so sonner stays outside of them in `vite dev`.
  optimizeDeps: { exclude: ["sonner"] },
  server: { proxy: { "/api": { target: apiTarget, ws: true } } },
  build: {
    target: "es2023",
    sourcemap: false,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              // What the first page shares with several later ones: one file packs better than fifteen.
              name: "shared",
              minShareCount: 3,
              // What brings texts of its own would bring those, too: captions from the sound are for later.
              test: (id) =>
                !/src\/(lib\/(i18n\/\w+\/|amounts)|hooks\/(useTranscription|useFailed)|components\/(captions|entry|imports)\/)|radix-ui|floating-ui/.test(
                  id,
                ),
            },
          ],
        },
      },
    },
  },
  test: {
    environment: "jsdom",
    setupFiles: ["tests/setup.ts"],
    // Two shared cores: a test of 700 ms was seen to take six seconds.
    testTimeout: 20_000,
    include: ["src/**/*.test.{ts,tsx}"],
    restoreMocks: true,
    unstubGlobals: true,
  },
});
