import {
  type InfiniteData,
  type QueryClient,
  useIsMutating,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { toast } from "sonner";
import {
  cancelImport,
  fetchImportReport,
  pauseImport,
  resumeImport,
  retryFailed,
  undoImport,
} from "@/api/imports";
import { queryKeys } from "@/api/queryKeys";
import { say } from "@/lib/addedMessage";
import { toApiError } from "@/lib/apiError";
import { saveFile } from "@/lib/files";
import { figuresOf } from "@/lib/importSummary";
import { importProgressStore } from "@/stores/importProgressStore";
import type { ImportJob, ImportPage, ItemOutcome, RetriableOutcome } from "@/types/video";
import { actionKey, type ImportAction } from "./useWantedImports";

function send(action: ImportAction): Promise<ImportJob> {
  if (action.kind === "cancel") return cancelImport(action.importId, action.remaining);
  return action.kind === "pause" ? pauseImport(action.importId) : resumeImport(action.importId);
}

/** The server's answer goes wherever imports are read from, so that nothing older is shown again. */
function keep(queryClient: QueryClient, job: ImportJob): void {
  const replaced = (jobs: ImportJob[]) => jobs.map((other) => (other.id === job.id ? job : other));
  importProgressStore.answered(job);
  queryClient.setQueryData<ImportJob[]>(queryKeys.imports, (jobs) => jobs && replaced(jobs));
  queryClient.setQueryData<InfiniteData<ImportPage>>(
    queryKeys.importPages,
    (data) =>
      data && { ...data, pages: data.pages.map((page) => ({ ...page, items: replaced(page.items) })) },
  );
  queryClient.setQueryData<ImportJob>(queryKeys.import(job.id), job);
}

/**
 * Pause, resume and cancel. What was asked for is shown at once (`useWantedImports`) and until the server
 * has answered; when it refuses, the old state is back by itself. One after the other for one import.
 */
export function useImportAction(importId: string) {
  const queryClient = useQueryClient();
  const { t } = useTranslation();
  const { mutate } = useMutation({
    mutationKey: actionKey,
    scope: { id: `import ${importId}` },
    mutationFn: send,
    onSuccess: (job, action) => {
      keep(queryClient, job);
      void queryClient.invalidateQueries({ queryKey: queryKeys.importItems(importId) });
      if (action.kind !== "cancel" || action.remaining === "keep") return;
      void queryClient.invalidateQueries({ queryKey: queryKeys.lists });
      if (job.list_count > 1) void queryClient.invalidateQueries({ queryKey: ["videos"] });
      else if (job.list_id) void queryClient.invalidateQueries({ queryKey: queryKeys.videos(job.list_id) });
    },
    onError: (cause) => {
      toast(t("action.failed", { reason: t(`errors.${toApiError(cause).code}`) }));
      void queryClient.invalidateQueries({ queryKey: queryKeys.imports });
    },
  });
  return mutate;
}

const undoKey = (importId: string) => ["undo-import", importId];

/**
 * Takes an import back. Not shown before it has happened: nobody could put thousands of tiles back truthfully
 * when the server refuses, and it does so a day after the import's end.
 */
export function useUndoImport(importId: string) {
  const queryClient = useQueryClient();
  const { t, i18n } = useTranslation();
  return useMutation({
    mutationKey: undoKey(importId),
    // After a pause or a cancellation that is still on its way.
    scope: { id: `import ${importId}` },
    mutationFn: (_asked: ImportJob) => undoImport(importId),
    meta: { tellOtherTabs: true },
    onSuccess: (job, asked) => {
      keep(queryClient, job);
      // Not what somebody had removed before.
      const removed = figuresOf(job).removed - figuresOf(asked).removed;
      toast(t("undo.done", say(removed, i18n.language)), { id: `import ${importId}` });
      void queryClient.invalidateQueries({ queryKey: queryKeys.importItems(importId) });
      void queryClient.invalidateQueries({ queryKey: queryKeys.lists });
      // They may have been moved: every list that was looked at may have lost some.
      void queryClient.invalidateQueries({ queryKey: ["videos"] });
    },
    onError: (cause) => {
      toast(t("action.failed", { reason: t(`errors.${toApiError(cause).code}`) }));
      void queryClient.invalidateQueries({ queryKey: queryKeys.imports });
      void queryClient.invalidateQueries({ queryKey: queryKeys.import(importId) });
    },
  });
}

export function useIsUndoing(importId: string): boolean {
  return useIsMutating({ mutationKey: undoKey(importId) }) > 0;
}

/**
 * Tries a group of an import's videos again, and says how many that are. It is under way until the numbers
 * have been read anew, so that a second click finds nothing to click.
 */
export function useRetryGroup(importId: string) {
  const queryClient = useQueryClient();
  const { t, i18n } = useTranslation();
  const busy = useRef(false);
  const { mutate, isPending } = useMutation({
    mutationFn: (outcome: RetriableOutcome) => retryFailed(importId, outcome),
    onSuccess: async (count) => {
      toast(t("items.retried", say(count, i18n.language)));
      void queryClient.invalidateQueries({ queryKey: queryKeys.importItems(importId) });
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: queryKeys.imports }),
        queryClient.invalidateQueries({ queryKey: queryKeys.import(importId) }),
      ]);
    },
    onError: (cause) => toast(t("action.failed", { reason: t(`errors.${toApiError(cause).code}`) })),
    onSettled: () => {
      busy.current = false;
    },
  });
  const retry = (outcome: RetriableOutcome) => {
    // The second click of two can come before the button is drawn as disabled.
    if (busy.current) return;
    busy.current = true;
    mutate(outcome);
  };
  return { retry, isPending };
}

/** The table for spreadsheets. The token is not part of an address, so the page fetches it and hands it over. */
export function useImportReport(importId: string, fileName: string) {
  const { t, i18n } = useTranslation();
  return useMutation({
    mutationFn: (outcome: ItemOutcome | null) => fetchImportReport(importId, i18n.language, outcome),
    onSuccess: (blob, outcome) =>
      saveFile(blob, `${outcome ? `${fileName} ${t(`outcome.${outcome}`)}` : fileName}.csv`),
    onError: (cause) => toast(t("action.failed", { reason: t(`errors.${toApiError(cause).code}`) })),
  });
}
