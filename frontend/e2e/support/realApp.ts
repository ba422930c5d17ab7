import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base, expect, type Page } from "@playwright/test";
import { freePort, kill, type Started, start, stop, untilHealthy } from "./processes";

/** The real app on the stand-in upstream: two processes and a fresh data folder, shared by a worker's specs. */
const PASSWORD = "a long enough password";

export interface RealApp {
  url: string;
  upstream: string;
  password: string;
  /** Steers and asks the stand-in. */
  standin: <T = unknown>(path: string, method?: string, body?: unknown) => Promise<T>;
  /** At the app itself, or at another address that leads to it. */
  signIn: (page: Page, url?: string) => Promise<void>;
  /** Without a goodbye, as a power cut would. */
  kill: () => Promise<void>;
  /** On the same port and the same data. */
  startAgain: () => Promise<void>;
}

type Counts = Record<string, number>;

export async function requestsFor(app: RealApp, youtubeId: string): Promise<Counts> {
  const { videos } = await app.standin<{ videos: Record<string, Counts> }>("counts");
  return videos[youtubeId] ?? {};
}

/** Asks the server over HTTP, as somebody who has nothing to do with the page. */
export async function asker(app: RealApp) {
  const form = new URLSearchParams({ username: "owner", password: app.password });
  const signedIn = await fetch(`${app.url}/api/auth/token`, { method: "POST", body: form });
  const { access_token } = (await signedIn.json()) as { access_token: string };
  return async <T>(path: string, body?: object): Promise<T> => {
    const answer = await fetch(`${app.url}/api${path}`, {
      headers: { authorization: `Bearer ${access_token}`, "content-type": "application/json" },
      ...(body && { method: "POST", body: JSON.stringify(body) }),
    });
    return (await answer.json()) as T;
  };
}

export async function signIn(page: Page, url: string, password: string): Promise<void> {
  await page.goto(url);
  await page.getByLabel("Name").fill("owner");
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: "Add links" }).first().waitFor();
}

interface Options {
  /** Captions are made from the sound, by the stand-in; a video does not wait long for them. */
  transcriber: boolean;
  /** People can sign in at a provider, which knows them as anna. */
  provider: boolean;
}

const transcribing = (upstream: string) => ({
  VIDEOTHEK_TRANSCRIPTION_PROVIDER: "groq",
  VIDEOTHEK_GROQ_BASE_URL: `${upstream}/openai/v1`,
  VIDEOTHEK_GROQ_API_KEY: "a key of the stand-in",
  VIDEOTHEK_TRANSCRIPTION_WAIT_SECONDS: "1",
});

const knownAt = (provider: string, url: string) => ({
  VIDEOTHEK_PUBLIC_URL: url,
  VIDEOTHEK_OIDC_ISSUER: provider,
  VIDEOTHEK_OIDC_CLIENT_ID: "videothek",
  VIDEOTHEK_OIDC_CLIENT_SECRET: "a secret of the stand-in",
  VIDEOTHEK_OIDC_NAME: "the choir",
});

export const test = base.extend<object, { app: RealApp } & Options>({
  transcriber: [false, { option: true, scope: "worker" }],
  provider: [false, { option: true, scope: "worker" }],
  app: [
    async ({ transcriber, provider }, use) => {
      const [upstreamPort, port] = [await freePort(), await freePort()];
      const upstream = `http://127.0.0.1:${upstreamPort}`;
      const url = `http://127.0.0.1:${port}`;
      const data = mkdtempSync(join(tmpdir(), "videothek-e2e-"));
      const standin = start("python", ["-m", "standin", "--port", String(upstreamPort)]);
      const doorPort = await freePort();
      const door = `http://127.0.0.1:${doorPort}`;
      const doorkeeper = provider
        ? start("python", ["-m", "standin.provider", "--port", String(doorPort)])
        : null;
      const begin = () =>
        start("videothek", ["serve", "--port", String(port)], {
          VIDEOTHEK_YOUTUBE_GATEWAY: upstream,
          VIDEOTHEK_DATA_DIR: data,
          VIDEOTHEK_OWNER_PASSWORD: PASSWORD,
          VIDEOTHEK_PACING_SCALE: "50",
          ...(transcriber && transcribing(upstream)),
          ...(provider && knownAt(door, url)),
        });
      let app: Started = begin();
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
          signIn: (page, at = url) => signIn(page, at, PASSWORD),
          kill: () => kill(app),
          async startAgain() {
            app = begin();
            await untilHealthy(`${url}/api/health`, app.log);
          },
        });
      } finally {
        await stop(app);
        await stop(standin);
        if (doorkeeper) await stop(doorkeeper);
        rmSync(data, { recursive: true, force: true });
      }
    },
    { scope: "worker", timeout: 90_000 },
  ],
});

export { expect };
