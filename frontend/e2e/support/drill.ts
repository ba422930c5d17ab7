import { test as base, expect, type Page } from "@playwright/test";
import { start, stop, until } from "./processes";
import { signIn } from "./realApp";

/** The real server whose videos a script moves on (backend/tests/support/drill.py): a fresh one per test. */
export interface Drill {
  url: string;
  /** So many new videos in the owner's list. */
  fill: (count: number) => Promise<void>;
  /** So many events a second; a quarter of them for the newest rows. */
  start: (rate: number) => Promise<void>;
  stop: () => Promise<DrillState>;
  state: () => Promise<DrillState>;
  signIn: (page: Page) => Promise<void>;
}

interface DrillState {
  events: number;
  pending: number;
  running: boolean;
}

interface Addresses {
  url: string;
  control: string;
  password: string;
}

export const test = base.extend<{ drill: Drill }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from the pattern
  drill: async ({}, use) => {
    const server = start("python", ["-m", "tests.support.drill"]);
    try {
      const { url, control, password } = await until("the drill", server.log, () => {
        const line = server.log.join("").split("\n", 1)[0] ?? "";
        return line.endsWith("}") ? (JSON.parse(line) as Addresses) : null;
      });
      const steer = async (path: string, body?: Record<string, number>) => {
        const answer = await fetch(`${control}/${path}`, {
          method: path === "state" ? "GET" : "POST",
          ...(body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
        });
        if (!answer.ok) throw new Error(`drill: ${answer.status} ${await answer.text()}`);
        return answer.json();
      };
      await use({
        url,
        fill: (count) => steer("fill", { count }),
        start: (rate) => steer("start", { rate }),
        stop: () => steer("stop"),
        state: () => steer("state"),
        signIn: (page) => signIn(page, url, password),
      });
    } finally {
      await stop(server);
    }
  },
});

export { expect };
