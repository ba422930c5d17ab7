import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { toast } from "sonner";
import { fetchTranscriptFile } from "@/api/watch";
import { toApiError } from "@/lib/apiError";
import { saveFile } from "@/lib/files";
import type { TranscriptFormat, Video } from "@/types/video";

/** Names of files have a limit on every system. */
const LONGEST_NAME = 120;

/** Fetched with the session, as a plain link can't carry the token, and handed over to the downloads. */
export function useTranscriptFile(video: Pick<Video, "id" | "title" | "youtube_id">) {
  const { t } = useTranslation();
  return useMutation({
    mutationFn: (format: TranscriptFormat) => fetchTranscriptFile(video.id, format),
    onSuccess: ({ blob, name }, format) =>
      saveFile(blob, name ?? `${(video.title ?? video.youtube_id).slice(0, LONGEST_NAME)}.${format}`),
    onError: (cause) => toast(t(`errors.${toApiError(cause).code}`)),
  });
}
