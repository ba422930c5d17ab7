import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { toast } from "sonner";
import { fetchExport } from "@/api/lists";
import { toApiError } from "@/lib/apiError";
import { saveFile } from "@/lib/files";
import { localDate } from "@/lib/format";
import "@/lib/i18n/tools";
import type { ExportFormat, VideoList } from "@/types/video";

const ENDINGS: Record<ExportFormat, string> = {
  json: "json",
  csv: "csv",
  html: "html",
  takeout: "zip",
  archive: "txt",
};

/** Fetched with the session, as a plain link can't carry the token, and handed over to the downloads. */
export function useExport(list: VideoList | null) {
  const { t } = useTranslation();
  return useMutation({
    mutationFn: (format: ExportFormat) => fetchExport(format, list?.id ?? null),
    onSuccess: ({ blob, name }, format) => {
      const today = localDate(new Date().toISOString());
      // The server knows what kind of file it became; what it is called is in the person's own words.
      const ending = /\.(\w+)$/.exec(name ?? "")?.[1] ?? ENDINGS[format];
      saveFile(blob, `${list?.name ?? t("export.fileName")} ${today}.${ending}`);
    },
    onError: (cause) => toast(t("export.failed", { reason: t(`errors.${toApiError(cause).code}`) })),
  });
}
