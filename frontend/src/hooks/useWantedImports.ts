import { useMutationState } from "@tanstack/react-query";
import { useMemo } from "react";
import type { ImportJob, ImportState } from "@/types/video";

export type ImportAction =
  | { kind: "pause" | "resume"; importId: string }
  | { kind: "cancel"; importId: string; remaining: "keep" | "remove" };

export const actionKey = ["import-action"];

const WANTED: Record<ImportAction["kind"], ImportState> = {
  pause: "paused",
  resume: "running",
  cancel: "cancelled",
};

/** Imports as they should look: what somebody has asked for and the server has not answered yet is shown at once. */
export function useWantedImports(jobs: readonly ImportJob[]): readonly ImportJob[] {
  const actions = useMutationState({
    filters: { mutationKey: actionKey, status: "pending" },
    select: ({ state }) => state.variables as ImportAction,
  });
  return useMemo(() => {
    if (actions.length === 0) return jobs;
    const wanted = new Map(actions.map(({ importId, kind }) => [importId, kind]));
    return jobs.map((job) => {
      const kind = wanted.get(job.id);
      return kind ? asWanted(job, kind) : job;
    });
  }, [jobs, actions]);
}

function asWanted(job: ImportJob, kind: ImportAction["kind"]): ImportJob {
  // What a cancellation left goes on: counted as stopped, the import would seem to be at its end.
  const summary = kind === "resume" ? { ...job.summary, stopped: 0 } : job.summary;
  return { ...job, state: WANTED[kind], summary };
}
