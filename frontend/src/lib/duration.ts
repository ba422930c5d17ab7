/** Durations the way a person says them: coarse, and not jumping about. All pure. */

export interface Rough {
  unit: "moments" | "minutes" | "hours" | "days";
  count: number;
}

/** Every duration that is ever said, in minutes. 0 is "less than a minute". */
const STEPS: readonly number[] = [
  0,
  ...range(1, 15, 1),
  ...range(20, 60, 5),
  ...range(70, 90, 10),
  ...range(120, 48 * 60, 60),
  ...range(3 * 1440, 30 * 1440, 1440),
];

/** From here on, in minutes, "about a minute" has become "less than a minute". */
const LAST_MINUTE = 0.7;

function range(from: number, to: number, step: number): number[] {
  return Array.from({ length: (to - from) / step + 1 }, (_, i) => from + i * step);
}

/** The step nearest to a duration, in minutes. */
export function nearestStep(seconds: number): number {
  if (seconds < 50) return 0;
  const minutes = seconds / 60;
  const next = STEPS.findIndex((step) => step > 0 && step >= minutes);
  if (next < 0) return STEPS.at(-1) ?? 0;
  const above = STEPS[next] ?? 0;
  const below = Math.max(1, STEPS[next - 1] ?? 0);
  return minutes - below < above - minutes ? below : above;
}

export function rough(stepMinutes: number): Rough {
  if (stepMinutes < 1) return { unit: "moments", count: 0 };
  if (stepMinutes < 120 && stepMinutes !== 60) return { unit: "minutes", count: stepMinutes };
  if (stepMinutes <= 48 * 60) return { unit: "hours", count: stepMinutes / 60 };
  return { unit: "days", count: stepMinutes / 1440 };
}

/**
 * The step to show next, given the one that is shown. Time passing moves it down step by step; between two
 * neighbours it stays where it is, and only an estimate that is clearly longer moves it up.
 *
 * @param shown The step on the screen, in minutes; null if there is none yet.
 */
export function steadyStep(shown: number | null, seconds: number | null): number | null {
  if (seconds === null) return null;
  const wanted = nearestStep(seconds);
  if (shown === null || wanted === shown) return wanted;
  const at = STEPS.indexOf(shown);
  const minutes = seconds / 60;
  if (wanted < shown) {
    const below = STEPS[at - 1] ?? 0;
    return minutes <= Math.max(LAST_MINUTE, shown - 0.9 * (shown - below)) ? wanted : shown;
  }
  const above = STEPS[at + 1] ?? shown;
  return minutes >= Math.max(shown + 0.9 * (above - shown), shown * 1.2, 1.25) ? wanted : shown;
}
