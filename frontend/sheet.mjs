import { chromium } from "@playwright/test";

const [out, w, maxh, ...names] = process.argv.slice(2);
const b = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--allow-file-access-from-files"],
});
const p = await b.newPage({ viewport: { width: names.length * (Number(w) + 8), height: Number(maxh) } });
const { writeFileSync } = await import("node:fs");
writeFileSync(
  "/tmp/sheets/s.html",
  `<body style="margin:0;background:#888;display:flex;gap:8px;align-items:flex-start">${names.map((n) => `<img width=${w} src="file:///tmp/wt/imports/frontend/screenshots/${n}.png">`).join("")}`,
);
await p.goto("file:///tmp/sheets/s.html");
await p.waitForTimeout(300);
await p.screenshot({ path: out });
await b.close();
