import type { Browser, Page } from "@playwright/test";

export interface Task {
  /** Time on the clock, which is also other programs' time on a busy machine. */
  wallMs: number;
  /** Time that the page's own thread worked. */
  cpuMs: number;
}

interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  dur?: number;
  tdur?: number;
  args: { name?: string };
}

/**
 * The longest tasks of a page's main thread while something runs, by the browser's own trace. Long tasks are
 * counted by the clock; where two cores are shared, a task of 10 ms is easily 150 ms of that.
 */
export async function longestTask(browser: Browser, page: Page, run: () => Promise<void>): Promise<Task> {
  await browser.startTracing(page, { categories: ["-*", "disabled-by-default-devtools.timeline"] });
  await run();
  const { traceEvents } = JSON.parse(String(await browser.stopTracing())) as { traceEvents: TraceEvent[] };
  const main = new Set(
    traceEvents
      .filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain")
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const longest = { wallMs: 0, cpuMs: 0 };
  for (const { name, pid, tid, dur = 0, tdur = 0 } of traceEvents) {
    if (name !== "RunTask" || !main.has(`${pid} ${tid}`)) continue;
    longest.wallMs = Math.max(longest.wallMs, Math.round(dur / 1000));
    longest.cpuMs = Math.max(longest.cpuMs, Math.round(tdur / 1000));
  }
  return longest;
}
