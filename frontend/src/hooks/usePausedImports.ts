import { useQuery } from "@tanstack/react-query";
import { useMemo, useSyncExternalStore } from "react";
import { fetchImports } from "@/api/imports";
import { queryKeys } from "@/api/queryKeys";
import { importProgressStore } from "@/stores/importProgressStore";
import type { ImportJob } from "@/types/video";

const isPaused = ({ state }: ImportJob) => state === "paused";
const idsOf = (jobs: readonly ImportJob[]) => jobs.map((job) => job.id);

/** Imports that somebody has paused: a set that stays the same while they do, whatever their numbers do. */
export function usePausedImports(): ReadonlySet<string> {
  const { data: listed } = useQuery({
    queryKey: queryKeys.imports,
    queryFn: async () => {
      const requestedAt = performance.now();
      const jobs = await fetchImports();
      importProgressStore.absorbImports(jobs, requestedAt);
      return jobs;
    },
    staleTime: 30_000,
    select: pausedIds,
  });
  // A string, because it is compared: what the stream knows at all, and what of it is paused.
  const streamed = useSyncExternalStore(importProgressStore.subscribeImports, streamedStates);
  return useMemo(() => {
    const [known = "", paused = ""] = streamed.split("|");
    const heard = new Set(known.split(" "));
    return new Set([...paused.split(" ").filter(Boolean), ...(listed ?? []).filter((id) => !heard.has(id))]);
  }, [listed, streamed]);
}

const pausedIds = (jobs: ImportJob[]) => idsOf(jobs.filter(isPaused));

function streamedStates(): string {
  const jobs = importProgressStore.imports();
  return `${idsOf(jobs).join(" ")}|${idsOf(jobs.filter(isPaused)).join(" ")}`;
}
