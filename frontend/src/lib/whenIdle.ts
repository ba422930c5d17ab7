const SOON_MS = 1000;

/** Once the page has nothing better to do. The answer calls it off. */
export function whenIdle(work: () => void): () => void {
  // Safari has none.
  if (!("requestIdleCallback" in globalThis)) {
    const timer = setTimeout(work, SOON_MS);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(work, { timeout: 3 * SOON_MS });
  return () => cancelIdleCallback(handle);
}
