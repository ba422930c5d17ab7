import { type ComponentType, lazy } from "react";

type Module<P> = { default: ComponentType<P> };

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 5000;
const RELOADED_AT = "videothek.reloadedAt";
const RELOAD_AGAIN_MS = 60_000;

const ahead = new Set<() => Promise<unknown>>();

/**
 * A component that comes later. What is there already is shown in the same frame: React holds back what it
 * had to wait for once, be it a moment, for 300 ms. While the server is away it is waited for, not given up.
 */
export function lazyPart<P>(load: () => Promise<Module<P>>): ComponentType<P> {
  let loaded: Module<P> | null = null;
  const fetch = async () => {
    loaded ??= await untilThere(load);
    return loaded;
  };
  const now = (part: Module<P>) =>
    // biome-ignore lint/suspicious/noThenProperty: React asks what it gets with `then`, and this one answers at once
    ({ then: (use: (part: Module<P>) => void) => use(part) }) as unknown as Promise<Module<P>>;
  fetchLater(fetch);
  return lazy(() => (loaded ? now(loaded) : fetch())) as unknown as ComponentType<P>;
}

/** Something that `fetchAhead` fetches, too. */
export function fetchLater(fetch: () => Promise<unknown>): void {
  ahead.add(fetch);
}

/** Everything that may be wanted: a page that is open needs no server to show its parts. */
export function fetchAhead(): void {
  const parts = [...ahead];
  ahead.clear();
  // Parts that come may name further ones.
  for (const fetch of parts) void fetch().then(fetchAhead, () => null);
}

/** What is loaded, as often as it takes until the server is there. */
export async function untilThere<T>(load: () => Promise<T>): Promise<T> {
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
    try {
      return await load();
    } catch {
      await sleepOrOnline(wait);
      // The server is there and the part is not: the page was renewed under this tab.
      if (await serverAnswers()) await load().catch(reload);
    }
  }
}

async function serverAnswers(): Promise<boolean> {
  const answer = await fetch("/api/health").catch(() => null);
  return answer?.ok ?? false;
}

/** Once; a part that is missing even then is not worth a page that reloads for ever. */
function reload(): void {
  const last = Number(sessionStorage.getItem(RELOADED_AT));
  if (Date.now() - last < RELOAD_AGAIN_MS) return;
  sessionStorage.setItem(RELOADED_AT, String(Date.now()));
  location.reload();
}

function sleepOrOnline(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      window.removeEventListener("online", wake);
      resolve();
    };
    const timer = setTimeout(wake, ms);
    window.addEventListener("online", wake);
  });
}
