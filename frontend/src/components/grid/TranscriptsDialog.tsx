import { useTranslation } from "react-i18next";
import { useDownloadTranscripts } from "@/hooks/useTranscripts";
import { say } from "@/lib/addedMessage";
import "@/lib/i18n/grid";
import type { TranscriptFormat } from "@/types/video";
import { Dialog } from "../ui/Dialog";
import { FormatChoices } from "../ui/FormatChoices";

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
      <FormatChoices
        choices={FORMATS.map((format) => ({
          format,
          name: t(`transcripts.${format}`),
          text: t(`transcripts.${format}Text`),
          label: t("transcripts.downloadAs", { format: t(`transcripts.${format}`) }),
        }))}
        testId="transcript-formats"
        prefix="transcripts"
        isPending={isPending}
        pending={variables}
        preparing={t("transcripts.preparing")}
        onChoose={mutate}
      />
    </Dialog>
  );
}
