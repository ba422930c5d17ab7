import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { toast } from "sonner";
import { fetchTranscripts } from "@/api/chosen";
import { toApiError } from "@/lib/apiError";
import { saveFile } from "@/lib/files";
import { localDate } from "@/lib/format";
import "@/lib/i18n/grid";
import { partsOf } from "@/lib/parts";
import type { TranscriptFormat } from "@/types/video";

/** Captions as a file: fetched with the session, and handed over to the downloads. */
export function useDownloadTranscripts(videoIds: readonly string[]) {
  const { t } = useTranslation();
  return useMutation({
    mutationFn: async (format: TranscriptFormat) => {
      const parts = partsOf(videoIds);
      const files = [];
      for (const part of parts) files.push(await fetchTranscripts(part, format));
      return files;
    },
    onSuccess: (files, format) => {
      const today = localDate(new Date().toISOString());
      for (const [place, { blob, name }] of files.entries()) {
        const number = place === 0 ? "" : ` (${place + 1})`;
        saveFile(blob, name ?? `${t("transcripts.fileName")} ${format} ${today}${number}.zip`);
      }
    },
    onError: (cause) => {
      const { code } = toApiError(cause);
      const words = code === "captions_none" ? t("transcripts.none") : t(`errors.${code}`);
      toast(t("transcripts.failed", { reason: words }));
    },
  });
}
