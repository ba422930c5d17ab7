import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test as base, expect, type Page } from "@playwright/test";

/** The real app on the stand-in upstream: two processes and a fresh data folder, shared by a worker's specs. */
const backend = fileURLToPath(new URL("../../../backend/", import.meta.url));
const PASSWORD = "a long enough password";

export interface RealApp {
  url: string;
  upstream: string;
  password: string;
  /** Steers and asks the stand-in. */
  standin: <T = unknown>(path: string, method?: string, body?: unknown) => Promise<T>;
  signIn: (page: Page) => Promise<void>;
}

type Counts = Record<string, number>;

export async function requestsFor(app: RealApp, youtubeId: string): Promise<Counts> {
  const { videos } = await app.standin<{ videos: Record<string, Counts> }>("counts");
  return videos[youtubeId] ?? {};
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

function start(command: string, args: string[], env: Record<string, string>) {
  const log: string[] = [];
  const child = spawn(join(backend, ".venv/bin", command), args, {
    cwd: backend,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.on("data", (data) => log.push(String(data)));
  child.stderr.on("data", (data) => log.push(String(data)));
  return { child, log };
}

async function untilHealthy(url: string, log: string[]): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} did not come up:\n${log.join("")}`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), 5000);
  await ended;
  clearTimeout(timer);
}

export const test = base.extend<object, { app: RealApp }>({
  app: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from the pattern
    async ({}, use) => {
      const [upstreamPort, port] = [await freePort(), await freePort()];
      const upstream = `http://127.0.0.1:${upstreamPort}`;
      const url = `http://127.0.0.1:${port}`;
      const data = mkdtempSync(join(tmpdir(), "videothek-e2e-"));
      const standin = start("python", ["-m", "standin", "--port", String(upstreamPort)], {});
      const app = start("videothek", ["serve", "--port", String(port)], {
        VIDEOTHEK_YOUTUBE_GATEWAY: upstream,
        VIDEOTHEK_DATA_DIR: data,
        VIDEOTHEK_OWNER_PASSWORD: PASSWORD,
        VIDEOTHEK_PACING_SCALE: "50",
      });
      try {
        await untilHealthy(`${upstream}/_standin/health`, standin.log);
        await untilHealthy(`${url}/api/health`, app.log);
        await use({
          url,
          upstream,
          password: PASSWORD,
          async standin<T>(path: string, method = "GET", body?: unknown): Promise<T> {
            const answer = await fetch(`${upstream}/_standin/${path}`, {
              method,
              ...(body !== undefined && { body: JSON.stringify(body) }),
            });
            if (!answer.ok) throw new Error(`stand-in: ${answer.status} ${await answer.text()}`);
            const text = await answer.text();
            return (text ? JSON.parse(text) : null) as T;
          },
          async signIn(page) {
            await page.goto(url);
            await page.getByLabel("Name").fill("owner");
            await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
            await page.getByRole("button", { name: "Sign in" }).click();
            await page.getByRole("button", { name: "Add links" }).waitFor();
          },
        });
      } finally {
        await stop(app.child);
        await stop(standin.child);
        rmSync(data, { recursive: true, force: true });
      }
    },
    { scope: "worker", timeout: 90_000 },
  ],
});

export { expect };
