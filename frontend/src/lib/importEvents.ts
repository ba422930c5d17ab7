import type { ImportJob, ImportState } from "@/types/video";
import { isOver } from "./importSummary";

/** What happens to an import that somebody should hear of. */
export type ImportEventKind = "started" | "paused" | "resumed" | "finished" | "cancelled" | "undone";

export interface ImportEvent {
  kind: ImportEventKind;
  job: ImportJob;
}

type Phase = ImportState;

/** What was known when one looked last. */
export interface SeenImports {
  phases: ReadonlyMap<string, Phase>;
  /** The newest import of the first look at all of them: what is newer began before somebody's eyes. */
  newest: string | null;
}

function phaseOf(job: ImportJob): Phase {
  if (job.state === "cancelled" || job.state === "undone") return job.state;
  return isOver(job) ? "finished" : job.state;
}

/**
 * What has happened since the last look; nothing at the first one, which only learns how things are.
 * Before all imports are known, those the stream has spoken of are: one of them may end before the rest is
 * there.
 */
export function importEvents(
  seen: SeenImports | null,
  jobs: readonly ImportJob[],
  allKnown: boolean,
): { seen: SeenImports; events: ImportEvent[] } {
  const phases = new Map(seen?.phases);
  const newest = seen?.newest ?? (allKnown ? newestOf(jobs) : null);
  const events: ImportEvent[] = [];
  for (const job of jobs) {
    const before = phases.get(job.id);
    const after = phaseOf(job);
    phases.set(job.id, after);
    if (before === after) continue;
    const isNew = newest !== null && job.created_at > newest;
    const kind = before ? change(before, after) : isNew ? beginning(after) : null;
    if (kind) events.push({ kind, job });
  }
  return { seen: { phases, newest }, events };
}

function newestOf(jobs: readonly ImportJob[]): string {
  const times = jobs.map((job) => job.created_at).sort();
  return times.at(-1) ?? "";
}

function beginning(after: Phase): ImportEventKind {
  return after === "running" ? "started" : after;
}

function change(before: Phase, after: Phase): ImportEventKind | null {
  if (after === "running") return "resumed";
  const wasUnderWay = before === "running" || before === "paused";
  return wasUnderWay || after === "paused" || after === "undone" ? after : null;
}
