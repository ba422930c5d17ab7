import { Suspense } from "react";
import { useMatch } from "react-router";
import { useImportJobs } from "@/hooks/useImportProgress";
import { isBatch, isOver } from "@/lib/importSummary";
import { lazyPart } from "@/lib/lazyPart";
import { ImportSummary } from "./ImportSummary";
import { StatusLine } from "./StatusLine";

const DockPanel = lazyPart(() => import("./imports/DockPanel"));

interface Props {
  /** Somebody is watching a video: only what concerns the page itself is said. */
  quiet: boolean;
  /** Not where the imports themselves are the page. */
  withJobs: boolean;
}

/**
 * At the foot of the page, out of the way of the pictures, in one block: what is being imported, and why it
 * may take longer. The pages of imports say both themselves, in their own place.
 */
export function ImportDock({ quiet, withJobs }: Props) {
  const jobs = useImportJobs();
  const onImports = useMatch("/imports/*") !== null;
  // One video is its own progress card: the tile.
  const shown = jobs.filter((job) => isBatch(job) && !isOver(job));

  return (
    <>
      <div className="pointer-events-none fixed inset-x-0 bottom-0 z-30 p-3 sm:left-auto sm:w-[26rem] sm:p-4">
        <div className="pointer-events-auto divide-y divide-surface-3 overflow-hidden rounded-xl has-[[data-in-dock]]:border has-[[data-in-dock]]:border-surface-3 has-[[data-in-dock]]:bg-surface-1 has-[[data-in-dock]]:shadow-lg">
          {withJobs && !onImports && shown.length > 0 && (
            <Suspense fallback={null}>
              <DockPanel jobs={shown} />
            </Suspense>
          )}
          <StatusLine quiet={quiet || onImports} />
        </div>
      </div>
      <ImportSummary />
    </>
  );
}
