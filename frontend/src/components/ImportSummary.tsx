import { useCallback, useEffect } from "react";
import { useImportEvents, useImportJobs } from "@/hooks/useImportProgress";
import type { ImportEvent } from "@/lib/importEvents";
import { isBatch, isOver } from "@/lib/importSummary";

const toastOf = () => import("./imports/summaryToast");

/**
 * Says once what came of an import, when it has ended before this page's eyes: never in between, never of
 * a single video, and never again after a reload.
 */
export function ImportSummary() {
  // What will be needed at the end is here in time, whatever happens to the server meanwhile.
  const expected = useImportJobs().some((job) => isBatch(job) && !isOver(job));
  useEffect(() => {
    if (expected) void toastOf().catch(() => null);
  }, [expected]);

  const onEvents = useCallback((events: readonly ImportEvent[]) => {
    for (const { kind, job } of events) {
      if ((kind !== "finished" && kind !== "cancelled") || !isBatch(job)) continue;
      void toastOf()
        .then(({ showSummary }) => showSummary(job))
        .catch(() => null);
    }
  }, []);
  useImportEvents(onEvents);
  return null;
}
