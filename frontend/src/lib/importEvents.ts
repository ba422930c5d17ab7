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
  /** The newest import of the first look: what is newer began before somebody's eyes. */
  newest: string;
}

function phaseOf(job: ImportJob): Phase {
  if (job.state === "cancelled" || job.state === "undone") return job.state;
  return isOver(job) ? "finished" : job.state;
}

/** What has happened since the last look; nothing at the first one, which only learns how things are. */
export function importEvents(
  seen: SeenImports | null,
  jobs: readonly ImportJob[],
): { seen: SeenImports; events: ImportEvent[] } {
  const phases = new Map(seen?.phases);
  const newest =
    seen?.newest ??
    jobs
      .map((job) => job.created_at)
      .sort()
      .at(-1) ??
    "";
  const events: ImportEvent[] = [];
  for (const job of jobs) {
    const before = phases.get(job.id);
    const after = phaseOf(job);
    phases.set(job.id, after);
    if (!seen || before === after) continue;
    const kind = before ? change(before, after) : job.created_at > newest ? beginning(after) : null;
    if (kind) events.push({ kind, job });
  }
  return { seen: { phases, newest }, events };
}

function beginning(after: Phase): ImportEventKind {
  return after === "running" ? "started" : after;
}

function change(before: Phase, after: Phase): ImportEventKind | null {
  if (after === "running") return "resumed";
  const wasUnderWay = before === "running" || before === "paused";
  return wasUnderWay || after === "paused" || after === "undone" ? after : null;
}
