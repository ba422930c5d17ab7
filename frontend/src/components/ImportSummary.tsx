import { useCallback } from "react";
import { useMatch } from "react-router";
import { useImportEvents } from "@/hooks/useImportProgress";
import type { ImportEvent } from "@/lib/importEvents";
import { isBatch, isListGone } from "@/lib/importSummary";
import { fetchLater, untilThere } from "@/lib/lazyPart";

/** So few can be seen at a glance where they are. */
const FEW = 5;

const toastOf = () => untilThere(() => import("./imports/summaryToast"));
// What will be needed at the end is here in time, whatever happens to the server meanwhile.
fetchLater(toastOf);

/**
 * Says once what came of an import, when it has ended before this page's eyes: never in between, never of
 * a single video, and never again after a reload. Nor of a few whose tiles are in front of one's eyes, nor of
 * what went with its list.
 */
export function ImportSummary() {
  const listInSight = useMatch("/lists/:listId")?.params.listId ?? null;
  const onEvents = useCallback(
    (events: readonly ImportEvent[]) => {
      for (const { kind, job } of events) {
        if ((kind !== "finished" && kind !== "cancelled") || !isBatch(job)) continue;
        if (isListGone(job) || (job.counts.new <= FEW && job.list_id === listInSight)) continue;
        void toastOf().then(({ showSummary }) => showSummary(job));
      }
    },
    [listInSight],
  );
  useImportEvents(onEvents);
  return null;
}
