import type { Page } from "@playwright/test";

/**
 * What the browser had to do while frames came in: which tiles they named, which tiles changed or rendered,
 * how long it was busy, and whether anything moved. Times are the page's own (`performance.now()`).
 */
export interface Watched {
  frames: { at: number; type: string; snapshot: boolean; ids: string[] }[];
  /** Changes inside of a tile that was there before, one entry per tile and commit. */
  changes: { at: number; id: string }[];
  /** Times that a tile's component ran again; its mounting does not count. */
  renders: { at: number; id: string }[];
  longTasks: { at: number; ms: number }[];
  shifts: { at: number; value: number; what: string }[];
}

declare global {
  interface Window {
    watched?: Watched;
  }
}

/** Must be installed before the page is opened. `renders` costs some time itself: not beside long tasks. */
export async function watchWork(page: Page, what: { renders?: boolean } = {}): Promise<void> {
  await page.addInitScript(installWatch);
  if (what.renders) await page.addInitScript(installRenderCount);
}

export async function watched(page: Page): Promise<Watched & { now: number }> {
  return page.evaluate(() => {
    const { watched } = window;
    if (!watched) throw new Error("nothing was watched");
    return { ...watched, now: performance.now() };
  });
}

/** Since a moment of the page's time. */
export function since(work: Watched, at: number): Watched {
  const later = <T extends { at: number }>(entries: T[]) => entries.filter((entry) => entry.at >= at);
  return {
    frames: later(work.frames),
    changes: later(work.changes),
    renders: later(work.renders),
    longTasks: later(work.longTasks),
    shifts: later(work.shifts),
  };
}

export function countById(entries: { id: string }[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { id } of entries) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

function installWatch(): void {
  const work: Watched = { frames: [], changes: [], renders: [], longTasks: [], shifts: [] };
  window.watched = work;

  class WatchedSocket extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener("message", ({ data }) => {
        const message = JSON.parse(String(data)) as {
          type: string;
          snapshot?: boolean;
          videos?: { youtube_id: string }[];
        };
        const ids = (message.videos ?? []).map((video) => video.youtube_id);
        work.frames.push({
          at: performance.now(),
          type: message.type,
          snapshot: message.snapshot === true,
          ids,
        });
      });
    }
  }
  window.WebSocket = WatchedSocket;

  const PICTURE = "img, [data-testid=no-picture]";
  new MutationObserver((mutations) => {
    const changed = new Set<string>();
    for (const { target, addedNodes, removedNodes, attributeName } of mutations) {
      // Scrolling takes along the one tile that the Tab key comes to, and gives tiles in sight their pictures.
      if (attributeName === "tabindex" || attributeName === "src") continue;
      const nodes = [...addedNodes, ...removedNodes];
      // A picture that is not there yet is asked for again: by the clock, not by an event.
      if (nodes.length > 0 && nodes.every((node) => node instanceof Element && node.matches(PICTURE)))
        continue;
      const element = target instanceof Element ? target : target.parentElement;
      const tile = element?.closest<HTMLElement>("[data-youtube-id]");
      if (tile) changed.add(tile.dataset.youtubeId ?? "");
    }
    const at = performance.now();
    for (const id of changed) work.changes.push({ at, id });
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });

  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) work.longTasks.push({ at: entry.startTime, ms: entry.duration });
  }).observe({ type: "longtask", buffered: true });

  interface LayoutShift extends PerformanceEntry {
    value: number;
    hadRecentInput: boolean;
    sources: { node: Node | null }[];
  }
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as LayoutShift[]) {
      if (entry.hadRecentInput) continue;
      const nodes = entry.sources.map(({ node }) => (node as Element | null)?.outerHTML?.slice(0, 160));
      work.shifts.push({ at: entry.startTime, value: entry.value, what: nodes.join(" | ") });
    }
  }).observe({ type: "layout-shift", buffered: true });
}

/**
 * React tells developer tools of each commit, also in a production build. A component that ran has new hook
 * objects: their identity, per tile, is the count of its renders, whether or not the page changed.
 */
function installRenderCount(): void {
  interface Fiber {
    tag: number;
    memoizedProps: Record<string, unknown> | null;
    memoizedState: unknown;
    stateNode: unknown;
    child: Fiber | null;
    sibling: Fiber | null;
  }
  const COMPONENTS = new Set([0, 11, 14, 15]);
  const HOST = 5;
  const seen = new Map<string, { node: unknown; state: unknown }>();

  const look = (fiber: Fiber | null, above: Fiber[], at: number): void => {
    for (let next = fiber; next; next = next.sibling) {
      const id = next.tag === HOST ? next.memoizedProps?.["data-youtube-id"] : undefined;
      if (typeof id === "string") {
        const node = next.stateNode;
        const state = above.at(-1)?.memoizedState;
        const before = seen.get(id);
        if (before && before.node === node && before.state !== state)
          window.watched?.renders.push({ at, id });
        seen.set(id, { node, state });
        continue;
      }
      look(next.child, COMPONENTS.has(next.tag) ? [...above, next] : above, at);
    }
  };
  Object.assign(window, {
    __REACT_DEVTOOLS_GLOBAL_HOOK__: {
      supportsFiber: true,
      renderers: new Map(),
      inject: () => 1,
      checkDCE() {},
      onCommitFiberUnmount() {},
      onPostCommitFiberRoot() {},
      onCommitFiberRoot(_id: number, root: { current: Fiber }) {
        look(root.current, [], performance.now());
      },
    },
  });
}
