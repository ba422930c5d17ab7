import { useCallback, useEffect } from "react";
import { useMatch } from "react-router";
import { useImportEvents, useImportJobs } from "@/hooks/useImportProgress";
import type { ImportEvent } from "@/lib/importEvents";
import { isBatch, isListGone, isOver } from "@/lib/importSummary";

/** So few can be seen at a glance where they are. */
const FEW = 5;

const toastOf = () => import("./imports/summaryToast");

/**
 * Says once what came of an import, when it has ended before this page's eyes: never in between, never of
 * a single video, and never again after a reload. Nor of a few whose tiles are in front of one's eyes, nor of
 * what went with its list.
 */
export function ImportSummary() {
  // What will be needed at the end is here in time, whatever happens to the server meanwhile.
  const expected = useImportJobs().some((job) => isBatch(job) && !isOver(job));
  useEffect(() => {
    if (expected) void toastOf().catch(() => null);
  }, [expected]);

  const listInSight = useMatch("/lists/:listId")?.params.listId ?? null;
  const onEvents = useCallback(
    (events: readonly ImportEvent[]) => {
      for (const { kind, job } of events) {
        if ((kind !== "finished" && kind !== "cancelled") || !isBatch(job)) continue;
        if (isListGone(job) || (job.counts.new <= FEW && job.list_id === listInSight)) continue;
        void toastOf()
          .then(({ showSummary }) => showSummary(job))
          .catch(() => null);
      }
    },
    [listInSight],
  );
  useImportEvents(onEvents);
  return null;
}
