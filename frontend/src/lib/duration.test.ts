import { describe, expect, it } from "vitest";
import { nearestStep, rough, steadyStep } from "./duration";

const minutes = (count: number) => count * 60;

/** What people would see while the estimates come in one after the other. */
function shownFor(estimates: readonly number[]): (number | null)[] {
  const shown: (number | null)[] = [];
  for (const estimate of estimates) shown.push(steadyStep(shown.at(-1) ?? null, estimate));
  return shown;
}

describe("a duration as a person says it", () => {
  it.each([
    [0, "moments", 0],
    [49, "moments", 0],
    [50, "minutes", 1],
    [minutes(12), "minutes", 12],
    [minutes(17), "minutes", 15],
    [minutes(43), "minutes", 45],
    [minutes(59), "hours", 1],
    [minutes(84), "minutes", 80],
    [7000, "hours", 2],
    [minutes(60 * 30), "hours", 30],
    [minutes(60 * 70), "days", 3],
    [minutes(60 * 24 * 400), "days", 30],
  ])("is coarse: %i s are %s %i", (seconds, unit, count) => {
    expect(rough(nearestStep(seconds))).toEqual({ unit, count });
  });
});

describe("a shown estimate", () => {
  it("does not alternate between two neighbours", () => {
    expect(new Set(shownFor([minutes(12.4), minutes(12.6), minutes(12.4), minutes(12.7)]))).toEqual(
      new Set([12]),
    );
    expect(new Set(shownFor([7000, 6200, 7000, 6300, 7100]))).toEqual(new Set([120]));
    expect(new Set(shownFor([48, 55, 45, 58]))).toEqual(new Set([0]));
  });

  it("falls with the time that passes, through every step, and never rises meanwhile", () => {
    const falling = Array.from({ length: 1400 }, (_, i) => 1400 - i + 20 * Math.sin(i));
    const shown = shownFor(falling).map(Number);
    expect(shown[0]).toBe(25);
    expect(shown.at(-1)).toBe(0);
    for (const [i, step] of shown.entries()) expect(step).toBeLessThanOrEqual(shown[i - 1] ?? step);
  });

  it("rises only for an estimate that is clearly longer", () => {
    expect(shownFor([minutes(12), minutes(13.5), minutes(14)])).toEqual([12, 12, 12]);
    expect(shownFor([minutes(12), minutes(30)])).toEqual([12, 30]);
  });

  it("says nothing while nobody knows", () => {
    expect(steadyStep(12, null)).toBeNull();
  });
});
