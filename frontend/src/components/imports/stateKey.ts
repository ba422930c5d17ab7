import { isOver } from "@/lib/importSummary";
import type { ImportJob } from "@/types/video";

/** How an import's state is called. What only waits for a time of its own counts as finished. */
export function stateKey(job: ImportJob) {
  return job.state === "running" && isOver(job)
    ? ("imports.state_finished" as const)
    : (`imports.state_${job.state}` as const);
}
