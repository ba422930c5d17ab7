import type { LaneHistory, LanePause } from "@/types/progress";

/** The picture of a lane's last minutes as numbers: x and width in 0 to WIDTH, y and height in 0 to HEIGHT. */
export const WIDTH = 1000;
export const HEIGHT = 100;

export interface LaneChart {
  bars: { x: number; width: number; y: number }[];
  /** What was allowed, level from one change to the next; nothing is while the lane pauses. */
  rate: { from: number; to: number; y: number }[];
  throttles: { x: number; y: number; count: number }[];
  pauses: { x: number; width: number }[];
  ticks: { x: number; at: string }[];
  /** Requests a minute at the upper edge. */
  top: number;
  /** The most that was allowed in a minute, where that is far above the edge; its line is left out there. */
  allowed: number | undefined;
}

export interface LaneTotals {
  requests: number;
  throttled: number;
  failed: number;
  pausedSeconds: number;
}

const MINUTE_MS = 60_000;
/** What a chart may show, in minutes, and how far its labels are apart: the shortest that holds all there is. */
const SPANS: readonly [minutes: number, tick: number][] = [
  [10, 2],
  [15, 3],
  [20, 5],
  [30, 10],
  [45, 15],
  [60, 15],
];
/** What is allowed may be this much higher than what was requested before it makes the bars too small to see. */
const HIGHER = 3;
/** Labels keep away from the edges; at the right one stands "now". */
const TICK_FROM = 0.07;
const TICK_TO = 0.84;
/** One request of a fast lane is still to be seen. */
const LEAST_BAR = 3;

const time = (iso: string) => new Date(iso).getTime();

/** How many of the last minutes are worth a picture: a young import fills it, an hour is the most. */
export function chartMinutes(histories: readonly LaneHistory[]): number {
  const needed = histories.map(({ from_at, to_at, minutes, pauses }) => {
    const began = [
      ...minutes.filter((minute) => minute.requests > 0).map((minute) => time(minute.at)),
      ...pauses.map((pause) => time(pause.from_at)),
    ];
    const first = Math.max(Math.min(...began, time(to_at)), time(from_at));
    return (time(to_at) - first) / MINUTE_MS;
  });
  const most = Math.max(0, ...needed);
  return (SPANS.find(([minutes]) => minutes >= most) ?? [60])[0];
}

/** The last minutes of a history. */
export function lastMinutes(history: LaneHistory, minutes: number): LaneHistory {
  return { ...history, from_at: new Date(time(history.to_at) - minutes * MINUTE_MS).toISOString() };
}

export function laneChart(history: LaneHistory): LaneChart {
  const from = time(history.from_at);
  const to = Math.max(time(history.to_at), from + MINUTE_MS);
  const x = (at: number) => round((Math.min(Math.max(at, from), to) - from) * (WIDTH / (to - from)));
  const minutes = history.minutes
    .filter((minute) => time(minute.at) + MINUTE_MS > from && time(minute.at) < to)
    .sort((a, b) => time(a.at) - time(b.at));

  const requested = Math.max(0, ...minutes.map((minute) => minute.requests));
  const allowed = Math.max(0, ...minutes.map((minute) => minute.rate_per_minute));
  const top = niceTop(
    requested > 0 && allowed > requested * HIGHER ? requested : Math.max(requested, allowed),
  );
  const y = (perMinute: number) => round(HEIGHT - (perMinute / top) * HEIGHT);

  const bars = minutes
    .filter((minute) => minute.requests > 0)
    .map((minute) => {
      const left = x(time(minute.at));
      return {
        x: left,
        width: round(x(time(minute.at) + MINUTE_MS) - left),
        y: Math.min(y(minute.requests), HEIGHT - LEAST_BAR),
      };
    });
  const paused = spans(history.pauses, from, to);
  const rate = minutes.flatMap((minute, index) => {
    const next = minutes[index + 1];
    if (minute.rate_per_minute > top) return [];
    return without(paused, Math.max(time(minute.at), from), next ? time(next.at) : to).map(
      ([start, end]) => ({ from: x(start), to: x(end), y: y(minute.rate_per_minute) }),
    );
  });
  const throttles = minutes
    .filter((minute) => minute.throttled > 0)
    .map((minute) => ({
      x: x(time(minute.at) + MINUTE_MS / 2),
      y: y(minute.requests),
      count: minute.throttled,
    }));
  const pauses = paused.map(([start, end]) => ({
    x: x(start),
    width: round(x(end) - x(start)),
  }));
  const beyond = allowed > top ? Math.round(allowed) : undefined;
  return { bars, rate, throttles, pauses, ticks: ticks(from, to), top, allowed: beyond };
}

export function laneTotals(history: LaneHistory): LaneTotals {
  const totals: LaneTotals = { requests: 0, throttled: 0, failed: 0, pausedSeconds: 0 };
  for (const minute of history.minutes) {
    totals.requests += minute.requests;
    totals.throttled += minute.throttled;
    totals.failed += minute.failed;
  }
  for (const [start, end] of spans(history.pauses, time(history.from_at), time(history.to_at))) {
    totals.pausedSeconds += (end - start) / 1000;
  }
  return totals;
}

/** Pauses within the hour, those that touch taken together, so that no second is counted twice. */
function spans(pauses: readonly LanePause[], from: number, to: number): [number, number][] {
  const merged: [number, number][] = [];
  const sorted = pauses
    .map((pause): [number, number] => [
      Math.max(time(pause.from_at), from),
      Math.min(time(pause.until_at), to),
    ])
    .filter(([start, end]) => end > start)
    .sort((a, b) => a[0] - b[0]);
  for (const [start, end] of sorted) {
    const last = merged.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

/** What is left of a span of time without the pauses in it. */
function without(pauses: readonly [number, number][], from: number, to: number): [number, number][] {
  const left: [number, number][] = [];
  let start = from;
  for (const [pauseFrom, pauseTo] of pauses) {
    if (pauseTo <= start || pauseFrom >= to) continue;
    if (pauseFrom > start) left.push([start, pauseFrom]);
    start = pauseTo;
  }
  if (start < to) left.push([start, to]);
  return left;
}

function ticks(from: number, to: number): LaneChart["ticks"] {
  const step = (SPANS.find(([minutes]) => minutes * MINUTE_MS >= to - from) ?? [60, 15])[1];
  const first = new Date(from);
  first.setMinutes(Math.ceil(first.getMinutes() / step) * step, 0, 0);
  const found: LaneChart["ticks"] = [];
  for (let at = first.getTime(); at < to; at += step * MINUTE_MS) {
    const share = (at - from) / (to - from);
    if (share < TICK_FROM || share > TICK_TO) continue;
    found.push({ x: round(share * WIDTH), at: new Date(at).toISOString() });
  }
  return found;
}

/** The next of 1, 2, 5, 10, 20, 50, ... with a little room above. */
function niceTop(most: number): number {
  const least = Math.max(1, most * 1.05);
  const power = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 3, 5, 10].find((step) => step * power >= least) ?? 10) * power;
}

const round = (value: number) => Math.round(value * 10) / 10;
