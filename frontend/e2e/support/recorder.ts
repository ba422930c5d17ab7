import type { Page } from "@playwright/test";

/** What a tile showed, in order, with the time since the page began. */
export interface Shown {
  id: string;
  stage: string;
  progress: number;
  at: number;
}

interface Recording {
  /** When something was added: dropped, or confirmed in its preview. */
  addedAt: number;
  shown: Shown[];
}

declare global {
  interface Window {
    recording?: Recording;
  }
}

/** Must be installed before the page is opened. */
export async function recordTiles(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const recording: Recording = { addedAt: 0, shown: [] };
    window.recording = recording;
    const last = new Map<string, string>();
    const added = () => {
      recording.addedAt = performance.now();
    };
    document.addEventListener("drop", added, true);
    document.addEventListener(
      "click",
      ({ target }) => target instanceof Element && target.closest("[data-testid=confirm-import]") && added(),
      true,
    );
    new MutationObserver(() => {
      for (const tile of document.querySelectorAll<HTMLElement>("[data-youtube-id]")) {
        const { youtubeId = "", stage = "", progress = "" } = tile.dataset;
        const state = `${stage} ${progress}`;
        if (last.get(youtubeId) === state) continue;
        last.set(youtubeId, state);
        recording.shown.push({ id: youtubeId, stage, progress: Number(progress), at: performance.now() });
      }
    }).observe(document, { subtree: true, childList: true, attributes: true });
  });
}

export async function recorded(page: Page): Promise<Recording> {
  return page.evaluate(() => window.recording ?? { addedAt: 0, shown: [] });
}

export interface StreamedVideo {
  youtube_id: string;
  stage: string;
  progress: number;
}

/** Everything the socket said of videos, in order. */
export function recordSocket(page: Page): StreamedVideo[] {
  const heard: StreamedVideo[] = [];
  page.on("websocket", (socket) => {
    socket.on("framereceived", ({ payload }) => {
      const message = JSON.parse(String(payload)) as { type: string; videos?: StreamedVideo[] };
      if (message.type === "import_progress") heard.push(...(message.videos ?? []));
    });
  });
  return heard;
}

const ORDER = ["created", "metadata", "captions", "chapters", "complete"];

/** Null when the stages only ever went forward; else what was wrong. */
export function wentBack(states: readonly { stage: string; progress: number }[]): string | null {
  for (let i = 1; i < states.length; i += 1) {
    const [before, after] = [states[i - 1], states[i]];
    if (!before || !after) continue;
    const order = after.stage === "error" ? ORDER.length : ORDER.indexOf(after.stage);
    if (after.progress < before.progress || order < ORDER.indexOf(before.stage)) {
      return `${before.stage} ${before.progress} -> ${after.stage} ${after.progress}`;
    }
  }
  return null;
}
