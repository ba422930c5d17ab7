import { Download } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useDownloadTranscripts } from "@/hooks/useTranscripts";
import { say } from "@/lib/addedMessage";
import "@/lib/i18n/grid";
import type { TranscriptFormat } from "@/types/video";
import { Dialog } from "../ui/Dialog";

const FORMATS: readonly TranscriptFormat[] = ["txt", "md", "srt", "vtt", "json"];

/** The captions of what is chosen, as one of five kinds of files. Stays open: somebody may want two of them. */
export default function TranscriptsDialog({
  videoIds,
  onClose,
}: {
  videoIds: readonly string[];
  onClose: () => void;
}) {
  const { t, i18n } = useTranslation();
  const { mutate, isPending, variables } = useDownloadTranscripts(videoIds);
  return (
    <Dialog
      title={t("transcripts.title", say(videoIds.length, i18n.language))}
      closeLabel={t("common.close")}
      onClose={onClose}
    >
      <p className="pb-3 text-text-2">{t("transcripts.text")}</p>
      <ul className="-mx-3 grid" data-testid="transcript-formats">
        {FORMATS.map((format) => {
          const mine = isPending && variables === format;
          return (
            <li key={format}>
              <button
                type="button"
                aria-label={t("transcripts.downloadAs", { format: t(`transcripts.${format}`) })}
                aria-describedby={`transcripts-${format}`}
                aria-disabled={isPending}
                onClick={() => !isPending && mutate(format)}
                className="flex w-full items-center gap-3 rounded-lg border border-transparent px-3 py-2 text-left hover:bg-surface-2 aria-disabled:cursor-default"
              >
                <span className="min-w-0 grow">
                  {t(`transcripts.${format}`)}
                  <span id={`transcripts-${format}`} className="block text-sm text-text-2">
                    {mine ? t("transcripts.preparing") : t(`transcripts.${format}Text`)}
                  </span>
                </span>
                <Download
                  size={17}
                  aria-hidden
                  className={`shrink-0 ${mine ? "text-accent" : "text-text-3"}`}
                />
              </button>
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}
