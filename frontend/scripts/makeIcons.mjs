// Draws the icons of the installed page from public/icon.svg. Their result is checked in:
//   ../scripts/with-node node scripts/makeIcons.mjs
import { mkdirSync, readFileSync } from "node:fs";
import { chromium } from "@playwright/test";

const svg = readFileSync("public/icon.svg", "utf8");
// Phones cut a maskable icon into their own shape: the ground fills all of it, the mark keeps to the
// middle four fifths. Apple rounds the corners itself.
const full = (scale) =>
  svg
    .replace('rx="8" ', "")
    .replace(
      /(<rect width="32" height="32"[^>]*\/>)(.*)<\/svg>/s,
      `$1<g transform="translate(16 16) scale(${scale}) translate(-16 -16)">$2</g></svg>`,
    );

const icons = [
  ["icon-192", 192, svg],
  ["icon-512", 512, svg],
  ["maskable-192", 192, full(0.82)],
  ["maskable-512", 512, full(0.82)],
  ["apple-touch-icon", 180, full(0.95)],
];

mkdirSync("public/icons", { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.VIDEOTHEK_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
const page = await browser.newPage();
for (const [name, size, source] of icons) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${source}`,
  );
  await page.screenshot({ path: `public/icons/${name}.png`, omitBackground: true });
}
await browser.close();
