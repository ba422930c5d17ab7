import { findYoutubeIds } from "./youtubeIds";

/** Outlives the sign-in, also one by a link that opens in another tab. */
const KEY = "videothek.shared";
const GOOD_FOR_MS = 24 * 3600 * 1000;

/**
 * A phone's share menu opens `/share?title=&text=&url=`. What is in it is put aside and the address cleared
 * at once, so that neither a reload nor "back" adds it a second time.
 */
export function keepShared(now = Date.now()): void {
  if (location.pathname !== "/share") return;
  const text = sharedText(new URLSearchParams(location.search));
  try {
    if (text !== "") localStorage.setItem(KEY, JSON.stringify({ text, at: now }));
  } catch {
    // Without a storage it can't be remembered; the address keeps it until it is added.
    return;
  }
  history.replaceState(history.state, "", "/");
}

/** Only once: whoever takes it answers for it. */
export function takeShared(now = Date.now()): string | null {
  const shared = read();
  if (!shared) return null;
  localStorage.removeItem(KEY);
  return now - shared.at < GOOD_FOR_MS ? shared.text : null;
}

export function isSomethingShared(): boolean {
  return read() !== null;
}

function read(): { text: string; at: number } | null {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? "null") as { text?: unknown; at?: unknown } | null;
    return typeof stored?.text === "string" && typeof stored.at === "number"
      ? { text: stored.text, at: stored.at }
      : null;
  } catch {
    return null;
  }
}

/** Apps put the link into `text` or `url`, often behind its title. Links alone make a better import. */
export function sharedText(params: URLSearchParams): string {
  const whole = [params.get("url"), params.get("text")].filter(Boolean).join("\n").trim();
  const links = [...new Set(whole.match(/https?:\/\/\S+/gi) ?? [])].filter(
    (link) => findYoutubeIds(link).length > 0,
  );
  if (links.length > 0) return links.join("\n");
  return whole || (params.get("title") ?? "").trim();
}
