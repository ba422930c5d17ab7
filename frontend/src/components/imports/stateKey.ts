import { isListGone, isOver } from "@/lib/importSummary";
import type { ImportJob } from "@/types/video";

/** How an import's state is called. What only waits for a time of its own counts as finished. */
export function stateKey(job: ImportJob) {
  if (job.state !== "undone" && isListGone(job)) return "imports.state_listDeleted" as const;
  return job.state === "running" && isOver(job)
    ? ("imports.state_finished" as const)
    : (`imports.state_${job.state}` as const);
}
