import { describe, expect, it } from "vitest";
import type { LaneHistory, LaneMinute } from "@/types/progress";
import { chartMinutes, HEIGHT, laneChart, laneTotals, lastMinutes, WIDTH } from "./laneChart";

const start = new Date(2026, 10, 22, 13, 7).getTime();
const at = (minute: number) => new Date(start + minute * 60_000).toISOString();
const aMinute = (minute: number, changes: Partial<LaneMinute> = {}): LaneMinute => ({
  at: at(minute),
  requests: 10,
  throttled: 0,
  failed: 0,
  rate_per_minute: 20,
  ...changes,
});
const anHour = (changes: Partial<LaneHistory> = {}): LaneHistory => ({
  name: "player",
  from_at: at(0),
  to_at: at(60),
  minutes: [],
  pauses: [],
  ...changes,
});
const aPause = (from: number, until: number) => ({
  from_at: at(from),
  until_at: at(until),
  reason_code: "upstream_throttled" as const,
});

describe("the chart of a lane's hour", () => {
  it("has a bar for each minute with requests, where it belongs and as high as it should be", () => {
    const { bars, top } = laneChart(anHour({ minutes: [aMinute(0), aMinute(30, { requests: 15 })] }));
    expect(top).toBe(30);
    expect(bars.map(({ x }) => x)).toEqual([0, WIDTH / 2]);
    expect(bars[0]?.width).toBeCloseTo(WIDTH / 60, 0);
    expect(bars[1]?.y).toBe(HEIGHT / 2);
  });

  it("shows a single request of a fast lane", () => {
    const { bars } = laneChart(anHour({ minutes: [aMinute(0, { requests: 1, rate_per_minute: 5000 })] }));
    expect(bars[0]?.y).toBeLessThan(HEIGHT - 2);
  });

  it("keeps the allowed rate level from one change to the next, and up to now", () => {
    const { rate } = laneChart(
      anHour({ minutes: [aMinute(15, { rate_per_minute: 19 }), aMinute(30, { rate_per_minute: 10 })] }),
    );
    expect(rate).toEqual([
      { from: 250, to: 500, y: 5 },
      { from: 500, to: WIDTH, y: 50 },
    ]);
  });

  it("allows nothing during a pause", () => {
    const { rate, pauses } = laneChart(anHour({ minutes: [aMinute(0)], pauses: [aPause(15, 30)] }));
    expect(pauses).toEqual([{ x: 250, width: 250 }]);
    expect(rate.map(({ from, to }) => [from, to])).toEqual([
      [0, 250],
      [500, WIDTH],
    ]);
  });

  it("cuts a pause off at both ends of the hour and counts no second twice", () => {
    const hour = anHour({ pauses: [aPause(-10, 3), aPause(2, 6), aPause(58, 120), aPause(200, 300)] });
    expect(laneChart(hour).pauses).toEqual([
      { x: 0, width: 100 },
      { x: 966.7, width: 33.3 },
    ]);
    expect(laneTotals(hour).pausedSeconds).toBe(8 * 60);
  });

  it("marks the minutes in which the upstream asked for patience", () => {
    const hour = anHour({ minutes: [aMinute(5), aMinute(29, { throttled: 2, requests: 20 })] });
    expect(laneChart(hour).throttles).toEqual([{ x: 491.7, y: 33.3, count: 2 }]);
    expect(laneTotals(hour)).toMatchObject({ requests: 30, throttled: 2, failed: 0 });
  });

  it("labels quarters of an hour by the clock, away from the edges", () => {
    const { ticks } = laneChart(anHour());
    expect(ticks.map(({ at: tick }) => new Date(tick).getMinutes())).toEqual([15, 30, 45]);
    for (const { x } of ticks) expect(x).toBeGreaterThan(0.06 * WIDTH);
    for (const { x } of ticks) expect(x).toBeLessThan(0.85 * WIDTH);
  });

  it("is empty and in one piece without any data", () => {
    const chart = laneChart(anHour());
    expect(chart).toMatchObject({ bars: [], rate: [], throttles: [], pauses: [], top: 1 });
    const broken = laneChart(anHour({ to_at: at(0), minutes: [aMinute(0)] }));
    expect(JSON.stringify(broken)).not.toMatch(/null/);
  });

  it("never draws outside its frame", () => {
    const minutes = Array.from({ length: 90 }, (_, i) =>
      aMinute(i - 15, { requests: i * 3, rate_per_minute: 90 - i, throttled: i % 7 }),
    );
    const chart = laneChart(anHour({ minutes, pauses: [aPause(-5, 90)] }));
    const xs = [
      ...chart.bars.flatMap(({ x, width }) => [x, x + width]),
      ...chart.throttles.map(({ x }) => x),
    ];
    for (const x of xs) expect(x >= 0 && x <= WIDTH + 0.1).toBe(true);
    for (const { y } of [...chart.bars, ...chart.rate]) expect(y >= 0 && y <= HEIGHT).toBe(true);
  });
});

describe("the span of the charts", () => {
  it("is ten minutes at least, an hour at most, and as long as there is something to see", () => {
    expect(chartMinutes([])).toBe(10);
    expect(chartMinutes([anHour()])).toBe(10);
    expect(chartMinutes([anHour({ minutes: [aMinute(57)] })])).toBe(10);
    expect(chartMinutes([anHour({ minutes: [aMinute(57)] }), anHour({ minutes: [aMinute(42)] })])).toBe(20);
    expect(chartMinutes([anHour({ pauses: [aPause(20, 30)] })])).toBe(45);
    expect(chartMinutes([anHour({ minutes: [aMinute(-3), aMinute(58)] })])).toBe(60);
  });

  it("gives a young import room, with labels close enough to read its time", () => {
    const { bars, ticks } = laneChart(lastMinutes(anHour({ minutes: [aMinute(55)] }), 10));
    expect(bars).toMatchObject([{ x: WIDTH / 2, width: WIDTH / 10 }]);
    expect(ticks.length).toBeGreaterThanOrEqual(3);
  });
});

describe("the height of a chart", () => {
  it("is that of the requests when far more was allowed, and says how much that was", () => {
    const chart = laneChart(anHour({ minutes: [aMinute(5, { requests: 9, rate_per_minute: 400 })] }));
    expect(chart).toMatchObject({ top: 10, allowed: 400, rate: [] });
    expect(chart.bars[0]?.y).toBe(10);
  });

  it("shows what was allowed where it is near", () => {
    expect(laneChart(anHour({ minutes: [aMinute(5)] }))).toMatchObject({ top: 30, allowed: undefined });
  });
});
