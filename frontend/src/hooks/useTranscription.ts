import { type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { toast } from "sonner";
import { queryKeys } from "@/api/queryKeys";
import { fetchTranscription, makeCaptions, makeCaptionsOfImport, stopCaptions } from "@/api/transcription";
import { say } from "@/lib/addedMessage";
import { toApiError } from "@/lib/apiError";
import "@/lib/i18n/captions";
import { isSetupCode } from "@/lib/makingCaptions";
import type { LibraryRows, VideoRow } from "@/lib/rows";
import { importProgressStore } from "@/stores/importProgressStore";
import type { ErrorCode } from "@/types/errors";
import type { Video } from "@/types/video";
import { asShown } from "./useBulkVideos";

const FRESH_MS = 30_000;

/** How captions are made from the sound here, if at all, and what was spent. */
export function useTranscription({ refetchMs = 0 }: { refetchMs?: number } = {}) {
  return useQuery({
    queryKey: queryKeys.transcription,
    queryFn: ({ signal }) => fetchTranscription(signal),
    staleTime: FRESH_MS,
    refetchInterval: refetchMs > 0 ? refetchMs : false,
  });
}

/** Puts rows in place of others, wherever they are shown. */
function replaceRows(queryClient: QueryClient, rows: readonly Video[], at: number): void {
  const byId = new Map(rows.map((row) => [row.id, row]));
  importProgressStore.absorb(rows, at);
  queryClient.setQueriesData<LibraryRows>({ queryKey: ["videos"] }, (shown) => {
    if (!shown?.items.some((row) => byId.has(row.id))) return shown;
    return { ...shown, items: shown.items.map((row) => byId.get(row.id) ?? row) };
  });
  for (const row of rows) {
    queryClient.setQueryData<Video>(queryKeys.video(row.id), (shown) => shown && row);
  }
}

/** What the server says of captions that are under way: whatever was in their way before is not any more. */
const BEGUN: ErrorCode = "captions_none";

/** Seconds are not enough for a sentence with something to press. */
const REFUSAL_MS = 8000;

/** Says why none are made, and leads to the settings if only those help. */
function useSayRefusal() {
  const queryClient = useQueryClient();
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (cause: unknown) => {
    const { code } = toApiError(cause);
    const words = t("making.failed", { reason: t(`errors.${code}`) });
    // Whatever the reason, what is known of the settings may be old.
    void queryClient.invalidateQueries({ queryKey: queryKeys.transcription });
    if (!isSetupCode(code)) return void toast(words);
    const action = { label: t("making.toSettings"), onClick: () => void navigate("/settings#sound") };
    toast(words, { action, duration: REFUSAL_MS });
  };
}

/** Has captions made, and shows at once that they are; when the server refuses, everything is as it was. */
export function useMakeCaptions() {
  const queryClient = useQueryClient();
  const { t, i18n } = useTranslation();
  const sayRefusal = useSayRefusal();
  return useMutation({
    mutationFn: (videos: readonly VideoRow[]) => makeCaptions(videos.map(({ id }) => id)),
    onMutate: (videos) => {
      const at = performance.now();
      const before = videos.map(asShown);
      const begun = before.map((row) => ({ ...row, captions_pending: true, captions_code: BEGUN }));
      replaceRows(queryClient, begun, at);
      return { before, at };
    },
    onSuccess: (started, videos) => {
      toast(t("making.started", say(started, i18n.language)));
      for (const { id } of videos.slice(0, 20)) {
        void queryClient.invalidateQueries({ queryKey: queryKeys.enrichment(id) });
        void queryClient.invalidateQueries({ queryKey: queryKeys.video(id) });
      }
      void queryClient.invalidateQueries({ queryKey: queryKeys.transcription });
      void queryClient.invalidateQueries({ queryKey: queryKeys.imports });
    },
    onError: (cause, videos, context) => {
      if (context) replaceRows(queryClient, context.before, context.at);
      sayRefusal(cause);
      // It may have captions by now, or be gone.
      for (const { id } of videos.slice(0, 20)) {
        void queryClient.invalidateQueries({ queryKey: queryKeys.video(id) });
      }
    },
  });
}

/** Has no captions made after all. */
export function useStopCaptions(videoId: string) {
  const queryClient = useQueryClient();
  const { t } = useTranslation();
  return useMutation({
    mutationFn: () => stopCaptions(videoId),
    onSuccess: () => {
      toast(t("making.stopped"));
      return Promise.all([
        queryClient.invalidateQueries({ queryKey: queryKeys.enrichment(videoId) }),
        queryClient.invalidateQueries({ queryKey: queryKeys.video(videoId) }),
        queryClient.invalidateQueries({ queryKey: queryKeys.transcription }),
        queryClient.invalidateQueries({ queryKey: queryKeys.imports }),
      ]);
    },
    onError: useSayRefusal(),
  });
}

/** The same for an import, which knows by itself which of its videos have none. */
export function useMakeCaptionsOfImport(importId: string) {
  const queryClient = useQueryClient();
  const { t, i18n } = useTranslation();
  const sayRefusal = useSayRefusal();
  return useMutation({
    mutationFn: () => makeCaptionsOfImport(importId),
    onSuccess: (started) => {
      toast(t("making.started", say(started, i18n.language)));
      return Promise.all([
        queryClient.invalidateQueries({ queryKey: queryKeys.import(importId) }),
        queryClient.invalidateQueries({ queryKey: queryKeys.imports }),
        queryClient.invalidateQueries({ queryKey: queryKeys.importItems(importId) }),
        queryClient.invalidateQueries({ queryKey: queryKeys.transcription }),
      ]);
    },
    onError: sayRefusal,
  });
}
