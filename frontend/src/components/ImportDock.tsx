import { useState } from "react";
import { useImportJobs } from "@/hooks/useImportProgress";
import { useLists } from "@/hooks/useLists";
import { JobProgressCard } from "./JobProgressCard";
import { StatusLine } from "./StatusLine";

const MOST = 3;

interface Props {
  /** Somebody is watching a video: only what concerns the page itself is said. */
  quiet: boolean;
  /** Not where the imports themselves are the page. */
  withJobs: boolean;
}

/** At the foot of the page, out of the way of the pictures: what is being imported, and why it may take longer. */
export function ImportDock({ quiet, withJobs }: Props) {
  const jobs = useImportJobs();
  const { data: lists } = useLists();
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set());
  const [seenRunning, setSeenRunning] = useState<ReadonlySet<string>>(new Set());

  const active = jobs.filter((job) => job.state === "running" || job.state === "paused").map((job) => job.id);
  const unseen = active.filter((id) => !seenRunning.has(id));
  if (unseen.length > 0) setSeenRunning(new Set([...seenRunning, ...unseen]));

  // One video is its own progress card: the tile. A summary is shown of what ran before somebody's eyes.
  const shown = jobs
    .filter((job) => job.summary.total > 1 && !dismissed.has(job.id))
    .filter((job) => active.includes(job.id) || seenRunning.has(job.id))
    .slice(0, MOST);

  return (
    <div className="pointer-events-none fixed inset-x-0 bottom-0 z-30 flex flex-col items-end gap-2 p-3 sm:left-auto sm:w-[26rem] sm:p-4 [&>*]:pointer-events-auto [&>*]:w-full">
      {withJobs &&
        shown.map((job) => (
          <JobProgressCard
            key={job.id}
            job={job}
            listName={lists?.find((list) => list.id === job.list_id)?.name ?? null}
            onDismiss={() => setDismissed(new Set([...dismissed, job.id]))}
          />
        ))}
      <StatusLine quiet={quiet} />
    </div>
  );
}
