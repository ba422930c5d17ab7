// The first page's JavaScript has a budget: what index.html loads stays under 200 kB gzip.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET = 200_000;
const html = readFileSync("dist/index.html", "utf8");
const scripts = [...html.matchAll(/(?:src|href)="(\/[^"]+\.js)"/g)].map((match) => match[1]);
const bytes = scripts.reduce((sum, path) => sum + gzipSync(readFileSync(`dist${path}`)).length, 0);
console.log(`first page: ${(bytes / 1000).toFixed(1)} kB of JavaScript (gzip), budget ${BUDGET / 1000} kB`);
if (bytes > BUDGET) process.exit(1);
