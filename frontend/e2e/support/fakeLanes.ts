import type { LaneHistory } from "../../src/types/progress";

/** An hour of a lane: it gets faster, is asked for patience, pauses, and starts anew, slowly. */
export function laneHour(name: string, pace: number): LaneHistory {
  const now = Math.floor(Date.now() / 60_000) * 60_000;
  const at = (minute: number) => new Date(now - (60 - minute) * 60_000).toISOString();
  const minutes = Array.from({ length: 60 }, (_, i) => {
    const rate = i < 34 ? pace * (0.4 + i * 0.018) : pace * (0.25 + (i - 40) * 0.02);
    const requests = Math.round(rate * (0.82 + 0.15 * Math.sin(i * 1.7)));
    const throttled = i === 33 ? 2 : i === 17 ? 1 : 0;
    return { at: at(i), requests, throttled, failed: 0, rate_per_minute: rate };
  }).filter((_, i) => i > 4 && (i < 34 || i > 39));
  const pauses =
    pace > 0 ? [{ from_at: at(34), until_at: at(40), reason_code: "upstream_throttled" as const }] : [];
  return { name, from_at: at(0), to_at: at(60), minutes: pace > 0 ? minutes : [], pauses };
}
