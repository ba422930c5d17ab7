import type { ImportJob } from "@/types/video";
import { steadyStep } from "./duration";

/** What is said of each import, wherever it is said: two places must never disagree. */
const shown = new Map<string, number>();

/**
 * An import's time left as a step of `lib/duration`, kept from jumping about; null where nobody knows.
 * The same estimate gives the same answer however often it is asked, so this may be called while rendering.
 */
export function steadyEstimate({ id, state, eta_seconds }: ImportJob): number | null {
  const next = steadyStep(shown.get(id) ?? null, state === "running" ? eta_seconds : null);
  if (next === null) shown.delete(id);
  else shown.set(id, next);
  return next;
}

/** Until all of them are done. They share YouTube's pace, so the slowest one says when. */
export function steadyEstimateOf(jobs: readonly ImportJob[]): number | null {
  const steps = jobs.map(steadyEstimate);
  return steps.reduce<number | null>(
    (longest, step) => (longest === null || step === null ? null : Math.max(longest, step)),
    0,
  );
}

/** For tests. */
export const forgetEstimates = () => shown.clear();
